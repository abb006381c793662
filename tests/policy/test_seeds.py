"""The rows that come with the product: compliance.md §2.1 as dated data."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from compliance.policy.catalogue import CATALOGUE
from compliance.policy.keys import PolicyKey as Key
from compliance.policy.models import PolicyRow
from compliance.policy.selectors.policies import policy_of
from compliance.policy.shapes import Money

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SEEDED = ("GB", "MT", "SE", "DK", "NL", "ON", "DE", "NJ", "*")


@pytest.mark.parametrize("jurisdiction", SEEDED)
def test_every_key_has_a_value_that_reads(jurisdiction: str) -> None:
    policy = policy_of(jurisdiction=jurisdiction, now=NOW)
    assert set(policy.rows) == set(Key) == set(CATALOGUE)
    for key in Key:
        if policy.value(key) is None:
            assert CATALOGUE[key].none, key
        else:
            assert CATALOGUE[key].shape.words(policy.row(key).value)


@pytest.mark.parametrize("jurisdiction", SEEDED)
def test_each_jurisdiction_is_seeded_with_sources_and_says_what_is_unverified(jurisdiction: str) -> None:
    rows = PolicyRow.objects.filter(jurisdiction=jurisdiction)
    assert rows.count() >= 10
    assert not rows.filter(source="").exists()
    if jurisdiction != "*":
        assert rows.filter(verified=False).exists()


def test_the_british_stake_cap_has_two_dated_rows() -> None:
    cap = Key.SLOT_MAX_STAKE
    midnight = datetime(2025, 5, 20, 23, tzinfo=UTC)  # 21 May, 00:00 in London
    before = policy_of(jurisdiction="GB", now=midnight - timedelta(microseconds=1))
    after = policy_of(jurisdiction="GB", now=midnight)
    assert before.stake_cap(cap, 20) == Money(Decimal(5), "GBP")
    assert after.stake_cap(cap, 20) == Money(Decimal(2), "GBP")
    assert after.stake_cap(cap, 25) == Money(Decimal(5), "GBP")
    assert policy_of(jurisdiction="MT", now=NOW).stake_cap(cap, 25) is None


def test_a_jurisdiction_without_rows_goes_by_the_fallback() -> None:
    policy = policy_of(jurisdiction="XX", now=NOW)
    assert policy.number(Key.REGISTRATION_MIN_AGE) == 18
    assert policy.amount(Key.KYC_DEPOSIT_THRESHOLD) == Decimal(150)
    assert policy.row(Key.REGISTRATION_MIN_AGE).jurisdiction == "*"


def test_the_numbers_of_the_table() -> None:
    se, nl, gb = (policy_of(jurisdiction=code, now=NOW) for code in ("SE", "NL", "GB"))
    assert se.hours(Key.LIMIT_INCREASE_DELAY_HOURS) == timedelta(hours=72)
    assert se.flag(Key.LIMIT_INCREASE_NOT_BEFORE_PERIOD_END)
    assert se.table(Key.LIMIT_MANDATORY) == {"kind": "deposit", "periods": ("day", "week", "month"), "need": "all"}
    trigger = nl.table(Key.NET_DEPOSIT_TRIGGER)
    assert trigger is not None
    assert (trigger["limit"], trigger["under_25"]) == (Money(Decimal(700), "EUR"), Money(Decimal(300), "EUR"))
    assert gb.words(Key.BREAK_OPTIONS) == ("PT24H", "P7D", "P1M", "P6W")
    assert gb.amount(Key.SLOT_MIN_CYCLE_S) == Decimal("2.5")
    assert gb.minutes(Key.INACTIVITY_MINUTES) == timedelta(minutes=30)
