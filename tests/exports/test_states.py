"""The table of states stands twice, in Python and in the trigger: both say the same of every pair."""

from __future__ import annotations

import re
from pathlib import Path

import reporting.exports.migrations as migrations
from reporting.exports.enums import ExportState
from reporting.exports.states import FOLLOWS, may_follow


def test_python_and_the_database_let_the_same_states_follow() -> None:
    sql = (Path(migrations.__path__[0]) / "sql" / "0002_guards.up.sql").read_text()
    listed = set(re.findall(r"'([a-z]+)>([a-z]+)'", sql))
    told = {(before.value, after.value) for before, follow in FOLLOWS.items() for after in follow}
    assert listed == told
    assert set(FOLLOWS) == set(ExportState)
    assert not may_follow(ExportState.DONE, ExportState.QUEUED)
