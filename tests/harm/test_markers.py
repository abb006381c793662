"""Seven groups of behaviour are watched from the opening of an account, with figures from the ledger (UK-15)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from compliance.exclusions.enums import ComesOff, ExclusionKind, ExclusionScope
from compliance.exclusions.models import Exclusion
from compliance.harm.enums import MarkerGroup, Tier
from compliance.harm.markers import MARKERS, scored, tier_of
from compliance.harm.models import Assessment, PlayDay, Watched
from compliance.harm.services.watch import behaviour_watch
from compliance.harm.types import Figure
from compliance.policy.catalogue_of_harm import CATALOGUE_OF_HARM
from compliance.policy.keys import PolicyKey as Key
from compliance.policy.selectors.policies import policy_of
from players.notes.enums import NoteKind
from players.notes.services.notes import note_add
from players.personal.services.personal_data import personal_data_set
from players.personal.types import PersonalDetails
from tests.harm.cast import NOW, alice_make, bet, bets, book, deposit, latest, look, markers
from tests.policy.cast import policy_row_make
from tests.settled import settled
from wallet.enums import TransactionKind

pytestmark = pytest.mark.django_db(transaction=True)  # the books are read in order of commit
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MORNING = NOW - 3 * HOUR


def test_each_of_the_seven_groups_has_markers_and_each_marker_a_dated_row() -> None:
    assert {marker.group for marker in MARKERS.values()} == set(MarkerGroup)
    thresholds = set(CATALOGUE_OF_HARM) - {Key.HARM_TIERS, Key.HARM_SLA_HOURS, Key.HARM_STEPS, Key.HARM_WINDOWS}
    assert set(MARKERS) == thresholds
    policy = policy_of(jurisdiction="MT", now=NOW)
    assert all(policy.row_id(key) for key in MARKERS)


def test_spend_is_what_came_and_what_was_lost_in_thirty_days() -> None:
    alice = alice_make()
    deposit(alice, "1900", NOW - 31 * DAY)  # outside
    deposit(alice, "2000", NOW - 29 * DAY)
    bet(alice, "999.99", MORNING)
    look()
    assert markers(alice) == {"harm.deposited_30d": False}
    bet(alice, "0.01", MORNING + MINUTE)
    look()
    assert markers(alice) == {"harm.deposited_30d": False, "harm.lost_30d": False}
    assert [found["words"] for found in latest(alice).findings] == [
        "Deposited 2,000 EUR in 30 days", "Lost 1,000 EUR in 30 days",
    ]  # fmt: skip


def test_patterns_of_spend_are_many_deposits_and_deposits_after_losing() -> None:
    alice = alice_make()
    deposit(alice, "50", MORNING - HOUR)
    for count in range(3):
        bet(alice, "20", MORNING + count * 10 * MINUTE)
        deposit(alice, "20", MORNING + count * 10 * MINUTE + MINUTE)
    look()
    assert markers(alice) == {"harm.deposits_24h": False, "harm.chasing_7d": False}


def test_a_deposit_long_after_play_or_after_winning_is_no_chase() -> None:
    alice = alice_make()
    deposit(alice, "50", MORNING - HOUR)
    bet(alice, "20", MORNING - 30 * MINUTE)
    book(alice, TransactionKind.WIN, "500", MORNING - 29 * MINUTE)
    for count in range(3):
        deposit(alice, "5", MORNING + count * MINUTE)
    look()
    assert "harm.chasing_7d" not in markers(alice)


def test_time_is_hours_of_a_day_hours_without_a_break_and_bets_at_night() -> None:
    alice = alice_make()
    deposit(alice, "100", NOW - 2 * DAY)
    bets(alice, "0.01", NOW - 9 * HOUR, number=61, every=5 * MINUTE)  # 03:00 to 08:00
    look()
    assert markers(alice) == {"harm.played_hours_24h": False, "harm.unbroken_hours_7d": False}
    day = PlayDay.objects.get(player_id=alice.pk)
    assert (day.bets, day.played_ms, day.longest_run_ms) == (61, 18_000_000, 18_000_000)
    assert day.night_bets == 24  # until 05:00 of the player's clock


def test_a_pause_breaks_a_run() -> None:
    alice = alice_make()
    deposit(alice, "100", NOW - 2 * DAY)
    bets(alice, "0.01", NOW - 9 * HOUR, number=10, every=10 * MINUTE)
    bets(alice, "0.01", NOW - 7 * HOUR, number=10, every=10 * MINUTE)
    look()
    day = PlayDay.objects.get(player_id=alice.pk)
    assert day.longest_run_ms == 90 * 60 * 1000
    assert day.played_ms == 180 * 60 * 1000


def test_behaviour_is_rising_stakes_and_withdrawals_taken_back() -> None:
    alice = alice_make()
    deposit(alice, "500", NOW - 21 * DAY)
    bets(alice, "0.10", NOW - 20 * DAY, number=20, every=MINUTE)
    bets(alice, "0.30", MORNING, number=20, every=MINUTE)
    book(alice, TransactionKind.HOLD, "10", MORNING)
    book(alice, TransactionKind.HOLD_RELEASE, "10", MORNING + MINUTE)
    look()
    assert markers(alice) == {"harm.stake_rise": False, "harm.withdrawals_reversed_30d": False}


def test_what_the_player_says_counts() -> None:
    alice = alice_make()
    for kind in (NoteKind.RESPONSIBLE_GAMING, NoteKind.COMPLAINT, NoteKind.COMPLAINT):
        note_add(player_id=alice.pk, kind=kind, body="says it is too much", pinned=False, actor="staff:1", now=NOW)
    look(NOW + MINUTE)
    assert markers(alice) == {"harm.contacts_90d": False, "harm.complaints_90d": False}


def test_use_of_tools_and_account_indicators_count() -> None:
    alice, twin = alice_make(), alice_make("Twin")
    details = PersonalDetails(full_name="Alice Liddell", email="a@example.org", birth_date=date(2003, 5, 4))
    for player in (alice, twin):
        personal_data_set(player_id=player.pk, details=details, actor="system:test", reason="registered", now=NOW)
    Exclusion.objects.create(
        player=alice, brand=alice.brand, jurisdiction="MT", kind=ExclusionKind.TIME_OUT, scope=ExclusionScope.BRAND,
        starts_at=NOW - MINUTE, ends_at=NOW + DAY, over_at=NOW + DAY, comes_off=ComesOff.AT_END, placed_by="player:1",
    )  # fmt: skip
    look()
    assert markers(alice) == {"harm.breaks_180d": False, "harm.under_25": False, "harm.linked_accounts": False}


def test_a_score_is_the_sum_of_its_markers_and_strong_ones_count_twice() -> None:
    policy = policy_of(jurisdiction="MT", now=NOW)
    found = scored(
        {Key.HARM_LOST_30D: Figure(Decimal(5000)), Key.HARM_COMPLAINTS_90D: Figure(Decimal(2))}, policy, "EUR"
    )
    assert [(one.points, one.strong) for one in found.findings] == [(30, True), (5, False)]
    assert (found.score, found.tier, found.strong) == (35, Tier.MEDIUM, True)
    assert [tier_of(score, policy) for score in (0, 9, 10, 25, 45, 70, 999)] == [
        Tier.NONE, Tier.NONE, Tier.LOW, Tier.MEDIUM, Tier.HIGH, Tier.SEVERE, Tier.SEVERE,
    ]  # fmt: skip


def test_thresholds_are_dated_rows_and_another_row_decides_from_its_instant() -> None:
    alice = alice_make()
    at = NOW + DAY
    policy_row_make("MT", "harm.deposited_30d", {"from": "100", "points": 10, "strong_from": None}, at, now=NOW)
    deposit(alice, "150", NOW - HOUR)
    look()
    assert not Assessment.objects.filter(player=alice).exists()
    deposit(alice, "1", at)
    look(at + MINUTE)
    found = latest(alice).findings[0]
    assert found["marker"] == "harm.deposited_30d"
    assert found["policy_row"] == policy_of(jurisdiction="MT", now=at).row_id(Key.HARM_DEPOSITED_30D)


def test_the_books_are_read_once_however_often_the_job_runs() -> None:
    alice = alice_make()
    deposit(alice, "100", MORNING)
    bet(alice, "5", MORNING + MINUTE)
    look()
    look()
    bet(alice, "7", MORNING + 2 * MINUTE)
    look()
    day = PlayDay.objects.get(player_id=alice.pk)
    assert (day.bets, day.staked, day.largest_stake) == (2, Decimal(12), Decimal(7))


def test_a_long_backlog_is_worked_off_in_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    alice = alice_make()
    deposit(alice, "100", MORNING)
    bets(alice, "1", MORNING, number=9, every=MINUTE)
    monkeypatch.setattr("compliance.harm.services.watch.ROWS_AT_ONCE", 3)
    settled()
    looks = 1
    while behaviour_watch(now=NOW).more:
        looks += 1
    assert looks >= 4
    assert PlayDay.objects.get(player_id=alice.pk).bets == 9


def test_test_players_are_left_out() -> None:
    tester = alice_make("Test", is_test=True)
    deposit(tester, "50000", MORNING)
    look()
    assert not Watched.objects.filter(pk=tester.pk).exists()


def test_a_score_falls_by_itself_when_its_windows_have_moved_on() -> None:
    alice = alice_make()
    deposit(alice, "2500", NOW - HOUR)
    look()
    assert latest(alice).score == 10
    look(NOW + 31 * DAY)
    assert latest(alice).score == 0
