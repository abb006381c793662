"""The steps of stays and transfers in Python are those that the database lets pass."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from casino.transfers.enums import LegState, VisitState
from casino.transfers.states import LEG_STEPS, VISIT_STEPS, leg_step, visit_step
from common.errors import BrokenPromise

GUARDS = Path("casino/transfers/migrations/sql/0002_guards.up.sql").read_text()


@pytest.mark.parametrize(("trigger", "steps"), [
    ("visit_steps_in_order", VISIT_STEPS), ("transfer_steps_in_order", LEG_STEPS),
])  # fmt: skip
def test_the_trigger_lets_pass_what_the_table_of_steps_allows(trigger: str, steps: dict[str, frozenset[str]]) -> None:
    body = GUARDS.partition(f"CREATE TRIGGER {trigger} ")[2].partition("EXECUTE")[0].partition("NOT IN")[2]
    allowed = set(re.findall(r"\('(\w+)', '(\w+)'\)", body))
    assert allowed == {(str(before), str(after)) for before, following in steps.items() for after in following}


def test_a_step_that_may_not_be_is_a_broken_promise_before_the_database_says_so() -> None:
    assert visit_step("opening", VisitState.AT_PROVIDER) == "at_provider"
    assert leg_step("unknown", LegState.UNKNOWN) == "unknown", "staying is no step"
    with pytest.raises(BrokenPromise):
        visit_step("closed", VisitState.OPENING)
    with pytest.raises(BrokenPromise):
        leg_step("confirmed", LegState.FAILED)
