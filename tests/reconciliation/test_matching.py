"""Every kind of error, planted one by one, is found, told apart and explained; what is right stays quiet."""

from __future__ import annotations

from datetime import UTC, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from casino.reconciliation.enums import BreakKind, BreakState, StatementFormat, StatementState
from casino.reconciliation.errors import StatementKnown
from casino.reconciliation.models import Break, BreakStep, Fault, Line, Result, Statement, StatementPart, Tally
from casino.reconciliation.selectors.scorecard import scorecards
from casino.reconciliation.services.sources import source_set
from common.clock import utc_now
from tests.factories import CAROL
from tests.reconciliation.scene import Row, Scene

K = BreakKind


def test_a_day_that_agrees_has_no_break_and_adds_up_on_both_sides(scene: Scene) -> None:
    scene.bet("b1", "10")
    scene.win("w1", "25.5")
    scene.bet("b2", "4", round_id="r-2")
    scene.rollback("x2", "b2")

    row = scene.statement()

    assert (row.state, row.line_count, row.fault_count) == (StatementState.MATCHED, 4, 0)
    assert Break.objects.count() == 0
    assert set(Result.objects.values_list("verdict", flat=True)) == {"agrees"}
    sides = {
        one.kind: (one.theirs_count, one.theirs_amount, one.ours_count, one.ours_amount, one.matched_count)
        for one in Tally.objects.all()
    }
    assert sides == {"bet": (1, Decimal(10), 1, Decimal(10), 1), "win": (1, Decimal("25.5"), 1, Decimal("25.5"), 1)}


def test_every_planted_error_is_found_and_explained(scene: Scene) -> None:
    scene.bet("b1", "10")
    scene.lines.append(Row("win", "w-lost", "7", at=scene.now))  # its call never came
    scene.bet("b-unknown", "3", round_id="r-2", told=False)  # they do not have it
    scene.bet("b-other", "5", round_id="r-3")
    scene.told("b-other", amount="5.5")
    scene.bet("b-standing", "6", round_id="r-4")
    scene.lines.append(Row("rollback", "x4", original="b-standing", round_id="r-4", at=scene.now))
    scene.bet("b-undone", "2", round_id="r-5")
    scene.rollback("x5", "b-undone", told=False)
    scene.bet("b-dollar", "1", round_id="r-6")
    scene.told("b-dollar", currency="USD")
    scene.lines.append(scene.lines[0])  # told twice
    scene.bet("b-late", "1.25", round_id="r-7")
    scene.told("b-late", at=scene.now - timedelta(hours=3))

    scene.statement()

    found = scene.breaks()
    assert {name: row.kind for name, row in found.items()} == {
        "w-lost": K.MISSING_OURS, "b-unknown": K.MISSING_THEIRS, "b-other": K.AMOUNT, "b-standing": K.STATUS,
        "b-undone": K.STATUS, "b-dollar": K.CURRENCY, "b1": K.DUPLICATE, "b-late": K.LATE,
    }  # fmt: skip
    assert {name: row.amount for name, row in found.items()} == {
        "w-lost": 7, "b-unknown": 3, "b-other": Decimal("0.5"), "b-standing": 6, "b-undone": 2, "b-dollar": 1, "b1": 10,
        "b-late": Decimal("1.25"),
    }  # fmt: skip
    assert "never reached us" in found["w-lost"].cause or "No call" in found["w-lost"].cause
    assert "rollback ever reached us" in found["b-standing"].cause
    assert "Rolled back in our books" in found["b-undone"].cause
    assert "USD" in found["b-dollar"].cause
    assert "twice" in found["b1"].cause
    assert "3.0 hours" in found["b-late"].cause
    assert found["b-late"].state == BreakState.EXPLAINED
    assert BreakStep.objects.filter(kind="found").count() == len(found) == Break.objects.count()


def test_the_end_of_the_day_between_two_times_is_told_and_is_nothing(scene: Scene) -> None:
    # The provider lives where it is shortly after midnight: its days are not ours (case 195).
    hour = scene.now.astimezone(UTC).hour
    zone = f"Etc/GMT+{hour}" if hour <= 12 else f"Etc/GMT-{24 - hour}"
    source_set(provider_id=scene.provider.pk, written=StatementFormat.CSV, time_zone=zone, actor=CAROL, now=scene.now)
    scene.bet("b1", "10")
    midnight = scene.now.replace(minute=0, second=0, microsecond=0)
    scene.told("b1", at=midnight - timedelta(seconds=2))

    statement = scene.statement(day=midnight.astimezone(ZoneInfo(zone)).date() - timedelta(days=1))

    assert statement.until_at == midnight
    row = scene.breaks()["b1"]
    assert (row.kind, row.state) == (K.DAY_BOUNDARY, BreakState.EXPLAINED)
    assert "end of the day between" in row.cause


@pytest.mark.parametrize(
    ("theirs", "ours", "words"),
    [("10.001", "10", "smallest coin"), ("1000", "10", "power of ten"), ("9", "10", "less than its call")],
)
def test_amounts_that_differ_are_told_why(scene: Scene, theirs: str, ours: str, words: str) -> None:
    scene.bet("b1", ours)
    scene.told("b1", amount=theirs)

    scene.statement()

    assert words in scene.breaks()["b1"].cause


def test_two_opposite_errors_are_two_breaks_although_the_day_is_equal(scene: Scene) -> None:
    scene.bet("b1", "10")
    scene.bet("b2", "12", round_id="r-2")
    scene.told("b1", amount="12")
    scene.told("b2", amount="10")

    scene.statement()

    tally = Tally.objects.get(kind="bet")
    assert tally.theirs_amount == tally.ours_amount == 22
    assert {row.kind for row in scene.breaks().values()} == {K.AMOUNT}
    assert len(scene.breaks()) == 2


def test_the_same_file_twice_changes_nothing(scene: Scene) -> None:
    scene.bet("b1", "10", told=False)
    first = scene.statement()

    with pytest.raises(StatementKnown):
        scene.statement()

    assert [row.pk for row in Statement.objects.all()] == [first.pk]
    assert Break.objects.count() == 1


def test_a_file_told_again_with_one_line_more_opens_nothing_twice(scene: Scene) -> None:
    scene.bet("b1", "10", told=False)
    scene.bet("b2", "3", round_id="r-2")
    scene.statement()
    scene.bet("b3", "4", round_id="r-3")

    scene.statement()

    assert {row.transaction_id: row.kind for row in Break.objects.all()} == {"b1": K.MISSING_THEIRS}


def test_what_comes_later_closes_the_break_with_the_reason(scene: Scene) -> None:
    scene.bet("b1", "10", told=False)
    scene.bet("b2", "3", round_id="r-2")
    scene.lines.append(Row("win", "w2", "8", round_id="r-2", at=scene.now))
    scene.statement()
    assert {row.state for row in Break.objects.all()} == {BreakState.OPEN}

    scene.win("w2", "8", round_id="r-2", told=False)
    scene.lines.append(Row("bet", "b1", "10", at=scene.now))
    again = scene.statement()

    found = scene.breaks()
    assert {row.state for row in found.values()} == {BreakState.CLOSED}
    assert found["b1"].reason == f"The provider told it: {again.name}, line 4."
    assert found["w2"].reason.startswith("Our booking came: win ")
    assert found["w2"].decided_by == "system:reconciliation"


def test_a_bad_line_is_named_by_its_number_and_nothing_is_lost(scene: Scene) -> None:
    scene.bet("b1", "10")
    scene.bet("b2", "4", round_id="r-2")
    lines = scene.csv(scene.lines).decode().splitlines()
    lines.insert(2, "bet,b9,,r-9,pl,slot,ten,EUR,booked,2026-01-01T00:00:00Z")
    lines.insert(4, "bet,only,three")
    raw = "\r\n".join(lines).encode()

    row = scene.statement(raw=raw)

    assert (row.state, row.line_count, row.fault_count) == (StatementState.MATCHED, 2, 2)
    assert list(Fault.objects.order_by("number").values_list("number", "problem")) == [
        (3, "'ten' is no amount"), (5, "3 cells, the head has 10"),
    ]  # fmt: skip
    assert list(Line.objects.order_by("number").values_list("number", flat=True)) == [2, 4]
    assert b"".join(bytes(part.content) for part in StatementPart.objects.order_by("number")) == raw


def test_a_file_that_is_something_else_is_refused_whole(scene: Scene) -> None:
    row = scene.statement(raw=b"name;age\nAlice;30\n")

    assert row.state == StatementState.REFUSED
    assert "lacks kind" in row.problem
    assert not Line.objects.exists()


def test_what_one_side_rolled_back_and_the_other_never_had_agrees(scene: Scene) -> None:
    scene.bet("b1", "10")
    scene.rollback("x1", "b1")
    scene.lines = [Row("rollback", "x9", original="b-never-came", at=scene.now)]

    scene.statement()

    assert not Break.objects.exists()


def test_the_scorecard_counts_lines_that_agree_and_what_is_unmatched(scene: Scene) -> None:
    for number in range(4):
        scene.bet(f"b{number}", "10", round_id=f"r-{number}")
    scene.told("b3", amount="12.5")
    scene.bet("b-unknown", "3", round_id="r-9", told=False)
    scene.statement()

    (card,) = scorecards(days=30, now=utc_now() + timedelta(minutes=1))

    assert card.lines == 4
    assert (card.matched, card.per_10_000) == (Decimal(75), Decimal(5000))
    assert (card.waiting, card.unmatched) == (2, Decimal("5.5"))
    assert card.kinds == {"amount": 1, "missing_theirs": 1}
