"""The row in force at t is the one with the greatest effective_from that is not after t."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from compliance.policy.errors import PolicyMissing
from compliance.policy.keys import PolicyKey as Key
from compliance.policy.selectors.explanation import policy_explain
from compliance.policy.selectors.policies import _in_force, policy_next_change, policy_of
from compliance.policy.types import RowInForce
from tests.policy.cast import policy_row_make

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTES = st.integers(0, 5_000)


def _row(number: int, jurisdiction: str, minute: int) -> RowInForce:
    at = NOW + timedelta(minutes=minute)
    return RowInForce(number, jurisdiction, Key.REGISTRATION_MIN_AGE, 18 + number % 50, at, "for a test", True)


@given(own=st.sets(MINUTES, max_size=12), fallback=st.sets(MINUTES, max_size=12), asked=MINUTES)
def test_the_row_in_force_has_the_greatest_effective_from_not_after_t(
    own: set[int], fallback: set[int], asked: int
) -> None:
    rows = [_row(n, "GB", minute) for n, minute in enumerate(sorted(own), 1)]
    rows += [_row(n, "*", minute) for n, minute in enumerate(sorted(fallback), 100)]
    rows.sort(key=lambda row: (row.effective_from, row.id))
    at = NOW + timedelta(minutes=asked)
    policy = _in_force("GB", rows, at)
    mine, theirs = ([m for m in minutes if m <= asked] for minutes in (own, fallback))
    if not mine and not theirs:
        with pytest.raises(PolicyMissing):
            policy.row(Key.REGISTRATION_MIN_AGE)
        return
    found = policy.row(Key.REGISTRATION_MIN_AGE)
    assert found.jurisdiction == ("GB" if mine else "*")
    assert found.effective_from == NOW + timedelta(minutes=max(mine or theirs))


@pytest.mark.django_db
def test_a_future_row_changes_behaviour_at_its_instant_and_the_past_stays_as_it_was() -> None:
    at = NOW + timedelta(days=30)
    before = policy_of(jurisdiction="MT", now=NOW).number(Key.REGISTRATION_MIN_AGE)
    policy_row_make("MT", "registration.min_age", 21, at, now=NOW)
    assert policy_of(jurisdiction="MT", now=at - timedelta(microseconds=1)).number(Key.REGISTRATION_MIN_AGE) == before
    assert policy_of(jurisdiction="MT", now=at).number(Key.REGISTRATION_MIN_AGE) == 21
    assert policy_of(jurisdiction="MT", now=NOW).number(Key.REGISTRATION_MIN_AGE) == before
    assert policy_of(jurisdiction="GB", now=at).number(Key.REGISTRATION_MIN_AGE) == 18
    assert policy_next_change(jurisdiction="MT", now=NOW) == at


@pytest.mark.django_db
def test_a_later_row_takes_the_place_of_one_that_was_written_before_it() -> None:
    first, second = NOW + timedelta(days=10), NOW + timedelta(days=5)
    policy_row_make("SE", "inactivity_minutes", 5, first, now=NOW)
    policy_row_make("SE", "inactivity_minutes", 9, second, now=NOW)
    found = [
        policy_of(jurisdiction="SE", now=NOW + timedelta(days=day)).minutes(Key.INACTIVITY_MINUTES)
        for day in (0, 6, 11)
    ]
    assert found == [timedelta(minutes=2), timedelta(minutes=9), timedelta(minutes=5)]


@pytest.mark.django_db
def test_null_in_a_jurisdiction_is_a_rule_of_its_own_and_not_the_fallbacks() -> None:
    at = NOW + timedelta(days=1)
    policy_row_make("DE", "reality_check", None, at, now=NOW)
    assert policy_of(jurisdiction="DE", now=NOW).table(Key.REALITY_CHECK) is not None
    assert policy_of(jurisdiction="DE", now=at).table(Key.REALITY_CHECK) is None


@pytest.mark.django_db
def test_asking_again_costs_one_small_query_and_new_rows_are_seen_at_once() -> None:
    policy_of(jurisdiction="NL", now=NOW)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        policy_of(jurisdiction="NL", now=NOW).value(Key.NET_DEPOSIT_TRIGGER)
    assert len(asked) == 1
    policy_row_make("NL", "autoplay", "allowed", NOW + timedelta(hours=1), now=NOW)
    assert policy_of(jurisdiction="NL", now=NOW + timedelta(hours=1)).word(Key.AUTOPLAY) == "allowed"


@pytest.mark.django_db
def test_any_past_decision_is_explained_with_the_rows_then_in_force() -> None:
    told: dict[Any, Any] = {
        day: {line.key: line for line in policy_explain(jurisdiction="GB", at=datetime(2025, *day, 12, tzinfo=UTC))}
        for day in ((4, 8), (4, 9), (5, 20), (5, 21))
    }
    words = [told[day][Key.SLOT_MAX_STAKE].words for day in told]
    assert words == [
        "no largest stake", "5 GBP from 18", "5 GBP from 18", "2 GBP from 18, 5 GBP from 25",
    ]  # fmt: skip
    first = told[(4, 8)][Key.SLOT_MAX_STAKE]
    assert first.by_fallback
    assert first.next_row is not None
    assert first.next_row.pk == told[(4, 9)][Key.SLOT_MAX_STAKE].row.id
    assert all(line.row is not None for line in told[(4, 8)].values())
