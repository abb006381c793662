"""No report of money or players reads a table that grows from end to end where an index can serve."""

from __future__ import annotations

import re
from typing import Any, Final

import pytest
from django.db import connection

from common.clock import utc_now
from common.scope import EVERYTHING, Scope, ScopePart
from reporting.catalogue.asking import question_from
from reporting.catalogue.reading import copy_sql
from reporting.catalogue.registry import all_reports

pytestmark = pytest.mark.django_db
BIG: Final = (
    "facts_play", "facts_money", "facts_balance", "cashier_deposit", "wallet_transaction", "wallet_entry",
    "play_leg", "play_round", "players_player", "settlements_movement",
)  # fmt: skip
# What stands as of a moment is a sum over all players; the rows of refunds and chargebacks are few.
WHOLE: Final = {
    "operator-liability": {"players_player", "wallet_account"},
    "pending-payments": {"cashier_deposit"},
    "psp-reconciliation": {"settlements_movement"},
}


@pytest.mark.parametrize(
    "report",
    [one for one in all_reports().values() if one.query.__module__.split(".")[3] in ("finance", "players")],
    ids=lambda report: report.code,
)
def test_an_index_serves(report: Any) -> None:
    malta = Scope((ScopePart(frozenset({1}), None),))
    days = {} if report.as_of_only else {"first": "2026-03-01", "last": "2026-03-31"}
    for scope in (EVERYTHING, malta):
        query = copy_sql(report, question_from(report, days, scope=scope, now=utc_now()))
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {query.sql}", query.parameters)
            plan = "\n".join(line for (line,) in cursor.fetchall())
        read = set(re.findall(r"Seq Scan on (\w+)", plan)) & set(BIG)
        assert read <= WHOLE.get(report.code, set()), plan
