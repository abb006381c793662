"""Limits, stake caps, idle sessions, identity and registers, each on real bets."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from compliance.gate.age import birthday, birthday_begins
from compliance.gate.ask import gate_ask
from compliance.gate.enums import FlagKind, Touchpoint
from compliance.gate.errors import FlagEndedAlready, FlagEndsBeforeStart
from compliance.gate.services.flags import flag_lift, flag_place
from compliance.kyc.models import KycState
from compliance.limits.models import Counter
from compliance.limits.services.own_limits import limit_set
from players.models import Player
from players.personal.services.personal_data import personal_data_set
from players.personal.types import PersonalDetails
from tests.casino.play.table import Table, code_of, seat, table_make
from tests.factories import CAROL, NOON, game_make, session_make
from tests.gate.rules_of import Market

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = timedelta(minutes=1)
BANDS: list[dict[str, Any]] = [
    {"from_age": 18, "amount": "2", "currency": "EUR"}, {"from_age": 25, "amount": "5", "currency": "EUR"},
]  # fmt: skip


@pytest.fixture
def table() -> Table:
    return table_make("100")


def limited(table: Table, kind: str, amount: str, period: str = "day") -> None:
    limit_set(
        player_id=table.player.pk, kind=kind, period=period, amount=Decimal(amount), actor="player:1", now=table.now
    )


def counted() -> tuple[Decimal, Decimal, Decimal]:
    one = Counter.objects.get()
    return one.wagered, one.staked, one.won


def test_bets_wins_and_rollbacks_count_in_the_commit_that_books_them(table: Table) -> None:
    limited(table, "loss", "10")
    assert code_of(table.bet("6", "r1", call_id="b1")) == "ok"
    assert code_of(table.bet("4.01", "r2")) == "limit_reached"
    assert counted() == (Decimal(6), Decimal(6), Decimal(0))
    assert code_of(table.win("5", "r1", call_id="w1")) == "ok"
    assert code_of(table.bet("9", "r2", call_id="b2")) == "ok", "what was won gives room again"
    assert counted() == (Decimal(15), Decimal(15), Decimal(5))
    assert code_of(table.rollback("w1")) == "ok"
    assert code_of(table.rollback("b2")) == "ok"
    assert counted() == (Decimal(6), Decimal(6), Decimal(0))
    assert code_of(table.bet("4", "r3")) == "ok"
    assert code_of(table.bet("0.01", "r4")) == "limit_reached"


def test_what_was_refused_or_repeated_counts_nothing(table: Table) -> None:
    limited(table, "wager", "10")
    assert code_of(table.bet("3", call_id="same")) == "ok"
    assert code_of(table.bet("3", call_id="same")) == "ok"
    assert code_of(table.bet("300")) == "limit_reached"
    assert counted()[0] == Decimal(3)


def test_money_that_is_owed_is_booked_beyond_every_limit(table: Table) -> None:
    assert code_of(table.bet("10", "r1", call_id="b1")) == "ok"
    limited(table, "wager", "0")
    assert code_of(table.win("500", "r1")) == "ok"
    assert code_of(table.bet("1", "r1")) == "limit_reached"


def test_a_limit_on_single_stakes_refuses_the_larger_one_alone(table: Table) -> None:
    limited(table, "stake", "5", "")
    assert [code_of(table.bet(amount)) for amount in ("5", "5.01")] == ["ok", "limit_reached"]


def born(table: Table, day: date) -> None:
    details = PersonalDetails(full_name="Alice Adams", birth_date=day)
    personal_data_set(player_id=table.player.pk, details=details, actor="system:tests", reason="x", now=NOON)


def stakes(table: Table, *amounts: str) -> list[str]:
    return [code_of(table.bet(amount)) for amount in amounts]


def test_slots_have_a_largest_stake_by_age_and_other_games_have_none(table: Table, market: Market) -> None:
    market(table.player, "GB", slot__max_stake=BANDS)
    born(table, date(2003, 3, 3))
    assert stakes(table, "2", "2.01") == ["ok", "stake_limit_exceeded"]
    wheel = game_make(table.game.provider, "wheel")
    type(wheel).objects.filter(pk=wheel.pk).update(category="roulette")
    elsewhere = Table(game=wheel, player=table.player, session=session_make(table.player, wheel))
    assert stakes(elsewhere, "50") == ["ok"]


def test_the_birthday_moves_the_cap_at_its_first_moment_where_the_player_lives(table: Table, market: Market) -> None:
    market(table.player, "GB", zone="America/New_York", slot__max_stake=BANDS)
    born(table, date(2001, 3, 3))
    begins = datetime(2026, 3, 3, 5, tzinfo=UTC)
    assert birthday_begins(date(2001, 3, 3), 25, "America/New_York") == begins
    table.now = begins - timedelta(seconds=1)
    table.session = session_make(table.player, table.game, now=table.now)
    assert stakes(table, "5") == ["stake_limit_exceeded"]
    table.now = begins
    assert stakes(table, "5", "5.01") == ["ok", "stake_limit_exceeded"]


@pytest.mark.parametrize(("born_on", "years", "day"), [
    (date(2000, 2, 29), 25, date(2025, 3, 1)),
    (date(2000, 2, 29), 24, date(2024, 2, 29)),
    (date(2000, 2, 28), 25, date(2025, 2, 28)),
])  # fmt: skip
def test_a_birthday_on_29_february_is_on_1_march_of_other_years(born_on: date, years: int, day: date) -> None:
    assert birthday(born_on, years) == day


def test_an_unknown_age_is_the_youngest(table: Table, market: Market) -> None:
    market(table.player, "GB", slot__max_stake=BANDS)
    assert stakes(table, "2", "2.01") == ["ok", "stake_limit_exceeded"]


def test_a_session_that_is_silent_for_longer_than_the_policy_allows_bets_no_more(table: Table, market: Market) -> None:
    market(table.player, "SE", inactivity_minutes=2)
    table.now = NOON + 2 * MINUTE
    assert stakes(table, "1") == ["ok"]
    table.now += 2 * MINUTE + timedelta(seconds=1)
    assert stakes(table, "1") == ["session_expired"]


def test_thirty_minutes_and_a_second_without_activity_need_a_new_sign_in(table: Table) -> None:
    def asked(touchpoint: Touchpoint, seconds: int) -> list[str]:
        verdict = gate_ask(
            player_id=table.player.pk, touchpoint=touchpoint, now=NOON,
            last_active_at=NOON - 30 * MINUTE - timedelta(seconds=seconds),
        )  # fmt: skip
        return [reason.code for reason in verdict.reasons]

    for touchpoint in (Touchpoint.LAUNCH, Touchpoint.DEPOSIT, Touchpoint.WITHDRAWAL):
        assert asked(touchpoint, 0) == []
        assert asked(touchpoint, 1) == ["session_reauth"]
    table.now = NOON + 30 * MINUTE + timedelta(seconds=1)
    assert stakes(table, "1") == ["session_expired"]


def told(table: Table, touchpoint: Touchpoint) -> list[str]:
    return [reason.code for reason in gate_ask(player_id=table.player.pk, touchpoint=touchpoint, now=NOON).reasons]


def test_where_identity_comes_before_play_an_unverified_player_may_not_bet(table: Table, market: Market) -> None:
    market(table.player, "GB", registration__kyc_before_play=True)
    assert stakes(table, "1") == ["kyc_required"]
    assert told(table, Touchpoint.LAUNCH) == ["kyc_required"]
    assert told(table, Touchpoint.WITHDRAWAL) == []


def test_the_locked_wallet_takes_deposits_and_bets_and_lets_nothing_out(table: Table) -> None:
    KycState.objects.update_or_create(
        player_id=table.player.pk,
        defaults={"locked": True, "due": "lifetime", "due_since": NOON, "required": 1, "changed_at": NOON},
    )
    assert stakes(table, "1") == ["ok"]
    assert told(table, Touchpoint.DEPOSIT) == []
    assert told(table, Touchpoint.WITHDRAWAL) == ["locked_cdd"]


def test_a_register_that_never_answered_stops_play_and_leaves_withdrawal_open(table: Table, market: Market) -> None:
    rule = {"register": "simulated", "check_at": ["sign_in"], "refresh_hours": 24}
    market(table.player, "GB", exclusion__register=rule)
    assert stakes(table, "1") == ["player_blocked"]
    assert told(table, Touchpoint.DEPOSIT) == ["register_unknown"]
    assert told(table, Touchpoint.WITHDRAWAL) == []


def test_where_limits_are_mandatory_nobody_plays_or_deposits_without_them(table: Table, market: Market) -> None:
    market(table.player, "SE", limit__mandatory={"kind": "deposit", "periods": ["day"], "need": "all"})
    assert stakes(table, "1") == ["limit_reached"]
    assert told(table, Touchpoint.LAUNCH) == told(table, Touchpoint.DEPOSIT) == ["limits_missing"]
    limited(table, "deposit", "50")
    assert stakes(table, "1") == ["ok"]


@pytest.mark.parametrize(("kind", "closed"), [
    (FlagKind.DEPOSIT_BLOCKED, Touchpoint.DEPOSIT),
    (FlagKind.BET_BLOCKED, Touchpoint.BET),
    (FlagKind.WITHDRAWAL_BLOCKED, Touchpoint.WITHDRAWAL),
])  # fmt: skip
def test_each_block_closes_its_own_touchpoint_and_no_other(table: Table, kind: FlagKind, closed: Touchpoint) -> None:
    flag = flag_place(player_id=table.player.pk, kind=kind, ends_at=None, reason="x", actor=CAROL, now=NOON)
    for touchpoint in (Touchpoint.DEPOSIT, Touchpoint.BET, Touchpoint.WITHDRAWAL):
        assert told(table, touchpoint) == ([kind.value] if touchpoint is closed else [])
    flag_lift(flag_id=flag.pk, reason="y", actor=CAROL, now=NOON)
    assert told(table, closed) == []
    with pytest.raises(FlagEndedAlready):
        flag_lift(flag_id=flag.pk, reason="y", actor=CAROL, now=NOON)


def test_a_flag_that_would_be_over_already_is_refused(table: Table) -> None:
    with pytest.raises(FlagEndsBeforeStart):
        flag_place(player_id=table.player.pk, kind=FlagKind.RISK_FRAUD, ends_at=NOON, reason="x", actor=CAROL, now=NOON)


def test_test_players_play_without_the_laws_conditions_and_not_against_a_block(table: Table, market: Market) -> None:
    bob = seat(table.game, "Bob")
    market(bob.player, "GB", registration__kyc_before_play=True, location__required=True)
    Player.objects.filter(pk=bob.player.pk).update(is_test=True)
    assert stakes(bob, "1") == ["ok"]
    flag_place(player_id=bob.player.pk, kind=FlagKind.BET_BLOCKED, ends_at=None, reason="x", actor=CAROL, now=NOON)
    assert stakes(bob, "1") == ["player_blocked"]
