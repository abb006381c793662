"""R-26 from its own SELECT: both sides by currency and kind, the difference, and the ids that are unmatched."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from casino.reconciliation.models import Break
from common.clock import utc_now
from common.scope import EVERYTHING, Scope
from reporting.catalogue import reading
from reporting.catalogue.registry import report_get
from reporting.catalogue.types import Question
from tests.reconciliation.scene import Row, Scene


def test_provider_against_wallet(scene: Scene) -> None:
    scene.bet("b1", "10")
    scene.bet("b2", "4", round_id="r-2", told=False)
    scene.win("w1", "3")
    scene.lines.append(Row("win", "w-lost", "7", at=scene.now))
    statement = scene.statement()
    asked = Question(first=scene.today, last=scene.today, as_of=utc_now() + timedelta(minutes=1), scope=EVERYTHING)

    rows = reading.page(report_get("provider-reconciliation"), asked).rows

    assert [
        (row["kind"], row["theirs_count"], row["ours_count"], row["theirs"], row["ours"], row["difference"],
         row["matched"], row["waiting"], row["unmatched"])
        for row in rows
    ] == [
        ("bet", 1, 2, Decimal(10), Decimal(14), Decimal(-4), Decimal(100), 1, "b2"),
        ("win", 2, 1, Decimal(10), Decimal(3), Decimal(7), Decimal(50), 1, "w-lost"),
    ]  # fmt: skip
    assert {row["statement"] for row in rows} == {str(statement.pk)}
    assert Break.objects.count() == 2
    assert not reading.page(report_get("provider-reconciliation"), replace(asked, scope=Scope(()))).rows
