"""Breaks and exclusions have each market's exact lengths, on the player's calendar."""

from __future__ import annotations

from datetime import timedelta

import pytest

from compliance.exclusions.enums import ComesOff, ExclusionKind
from compliance.exclusions.errors import ContactNotRecorded, LengthNotOffered, ReasonNotTold
from compliance.exclusions.selectors.standing import exclusions_in_force
from compliance.exclusions.services.exclusions import exclusion_place
from compliance.policy.keys import PolicyKey
from compliance.policy.selectors.policies import policy_of
from tests.exclusions.cast import bob_make, brand_make, excluded, utc
from tests.factories import NOON

pytestmark = pytest.mark.django_db
MARKETS = {
    ("GB", "time_out"): "PT24H P7D P1M P6W",
    ("MT", "time_out"): "PT24H P7D P1M P3M P6M P365D",
    ("SE", "time_out"): "PT24H",
    ("DK", "time_out"): "PT24H",
    ("ON", "time_out"): "P1D P7D P1M P2M P3M",
    ("NJ", "time_out"): "PT72H P7D P1M P6W",
    ("GB", "self_exclusion"): "P6M P1Y P5Y",
    ("MT", "self_exclusion"): "P6M P1Y P5Y indefinite",
    ("DK", "self_exclusion"): "P1M P3M P6M indefinite",
    ("ON", "self_exclusion"): "P6M P1Y P5Y",
    ("DE", "self_exclusion"): "P3M P6M P1Y indefinite",
}
REFUSED = ("PT1H", "P1D", "P2D", "P2M", "P4Y", "P10Y", "indefinite", "", "forever", "P6M ", "p6m", "PT24H", "P6M")


@pytest.mark.parametrize(("jurisdiction", "kind"), MARKETS)
def test_a_market_offers_exactly_its_lengths(jurisdiction: str, kind: str) -> None:
    bob = bob_make(brand_make(f"b-{jurisdiction.lower()}", jurisdiction), None)
    offered = MARKETS[jurisdiction, kind].split()
    for length in offered:
        placed = exclusion_place(
            player_id=bob.pk, kind=ExclusionKind(kind), length=length, actor=f"player:{bob.pk}", now=NOON
        )
        assert placed.exclusion.length == length
    for length in set(REFUSED) - set(offered):
        with pytest.raises(LengthNotOffered):
            exclusion_place(
                player_id=bob.pk, kind=ExclusionKind(kind), length=length, actor=f"player:{bob.pk}", now=NOON
            )


@pytest.mark.parametrize(
    ("zone", "begins", "length", "ends"),
    [
        # Months are calendar months where the player lives; the last day of a shorter month.
        ("Europe/London", "2027-01-31 15:00", "P1M", "2027-02-28 15:00"),
        ("Europe/London", "2028-01-31 15:00", "P1M", "2028-02-29 15:00"),
        # One month over the beginning of summer time: the same hour on the clock, an hour less in UTC.
        ("Europe/London", "2027-03-10 12:00", "P1M", "2027-04-10 11:00"),
        ("Europe/London", "2026-10-10 11:00", "P1M", "2026-11-10 12:00"),
        # 24 hours are 24 hours, whatever the clock does.
        ("Europe/London", "2027-03-27 20:00", "PT24H", "2027-03-28 20:00"),
        ("Europe/London", "2026-10-24 20:00", "PT24H", "2026-10-25 20:00"),
        # 23:30 UTC on 31 January is already February in Auckland: a month later there is 1 March.
        ("Pacific/Auckland", "2027-01-31 23:30", "P1M", "2027-02-28 23:30"),
        ("Pacific/Auckland", "2027-01-31 10:30", "P1M", "2027-02-28 10:30"),
        ("Europe/London", "2027-03-01 08:00", "P6W", "2027-04-12 07:00"),
    ],
)  # fmt: skip
def test_a_break_ends_on_the_players_calendar(zone: str, begins: str, length: str, ends: str) -> None:
    bob = bob_make(details=None, zone=zone)
    placed = exclusion_place(
        player_id=bob.pk, kind=ExclusionKind.TIME_OUT, length=length, actor=f"player:{bob.pk}", now=utc(begins)
    )
    assert placed.exclusion.ends_at == utc(ends)
    assert exclusions_in_force(player_id=bob.pk, now=utc(ends) - timedelta(microseconds=1))
    assert not exclusions_in_force(player_id=bob.pk, now=utc(ends)), "a time-out is over at its end, by itself"


@pytest.mark.parametrize(
    ("begins", "length", "ends"),
    [
        ("2028-02-29 12:00", "P1Y", "2029-02-28 12:00"),
        ("2028-02-29 12:00", "P5Y", "2033-02-28 12:00"),
        ("2026-08-31 12:00", "P6M", "2027-02-28 13:00"),
    ],
)
def test_an_exclusion_over_a_leap_day_has_an_end(begins: str, length: str, ends: str) -> None:
    placed = excluded(bob_make(details=None), length=length, now=utc(begins))
    assert placed.exclusion.ends_at == utc(ends)


def test_a_self_exclusion_does_not_end_by_itself(django_assert_num_queries: object) -> None:
    bob = bob_make()
    placed = excluded(bob)
    assert placed.exclusion.comes_off == ComesOff.ON_REQUEST
    assert placed.exclusion.over_at is None
    century_later = NOON + timedelta(days=36_525)
    assert [one.id for one in exclusions_in_force(player_id=bob.pk, now=century_later)] == [placed.exclusion.pk]


def test_no_market_ends_what_has_no_end_by_itself() -> None:
    for jurisdiction in ("GB", "MT", "SE", "DK", "NL", "ON", "DE", "NJ"):
        rule = policy_of(jurisdiction=jurisdiction, now=NOON).table(PolicyKey.EXCLUSION_LIFT)
        assert rule is not None
        bob = bob_make(brand_make(f"b-{jurisdiction.lower()}", jurisdiction), None)
        placed = exclusion_place(
            player_id=bob.pk, kind=ExclusionKind.OPERATOR, length="indefinite", reason="harm seen", actor="staff:7",
            now=NOON,
        )  # fmt: skip
        assert placed.exclusion.over_at is None


def test_staff_tell_why_and_record_the_contact() -> None:
    bob = bob_make()
    with pytest.raises(ReasonNotTold):
        exclusion_place(player_id=bob.pk, kind=ExclusionKind.OPERATOR, length="P6M", actor="staff:7", now=NOON)
    with pytest.raises(ContactNotRecorded):
        exclusion_place(
            player_id=bob.pk, kind=ExclusionKind.SELF_EXCLUSION, length="P6M", actor="staff:7", now=NOON,
            contact_note="rang",
        )  # fmt: skip
    assert not exclusions_in_force(player_id=bob.pk, now=NOON)


def test_a_wish_sent_twice_is_one_exclusion_and_a_longer_one_stands_beside_it() -> None:
    bob = bob_make()
    first, again = excluded(bob), excluded(bob, now=NOON + timedelta(seconds=5))
    assert first.exclusion.pk == again.exclusion.pk
    longer = excluded(bob, length="P5Y", now=NOON + timedelta(minutes=5))
    standing = exclusions_in_force(player_id=bob.pk, now=NOON + timedelta(minutes=6))
    assert {one.id for one in standing} == {first.exclusion.pk, longer.exclusion.pk}
