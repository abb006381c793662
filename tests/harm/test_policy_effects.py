"""The preview of a policy's row counts whom it would newly stop, from what players did."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from compliance.approvals.models import Approval
from compliance.harm.models import Flow, PlayDay
from compliance.kyc.enums import Status
from compliance.kyc.models import KycState
from players.models import Player
from players.personal.services.personal_data import personal_data_set
from players.personal.types import PersonalDetails
from tests.factories import player_make, rate_make
from tests.harm.cast import NOW
from tests.policy.cast import row_proposed, two_people

pytestmark = pytest.mark.django_db
EURO_BANDS = [
    {"from_age": 18, "amount": "2", "currency": "EUR"}, {"from_age": 25, "amount": "5", "currency": "EUR"},
]  # fmt: skip


def _lines(key: str, value: Any) -> dict[str, tuple[str, str]]:
    maker, _checker = two_people()
    made: Approval = row_proposed(
        jurisdiction="MT", key=key, value=value, effective_from=NOW + timedelta(days=7), now=NOW, maker=maker
    )
    return {line["name"]: (line["before"], line["after"]) for line in made.consequences}


def _staked(nickname: str, amount: str, born: date | None = None) -> Player:
    player = player_make(nickname)
    PlayDay.objects.create(player_id=player.pk, day=NOW.date(), bets=1, largest_stake=amount)
    if born is not None:
        personal_data_set(
            player_id=player.pk, details=PersonalDetails(full_name=nickname, birth_date=born), actor="system:test",
            reason="registered", now=NOW,
        )  # fmt: skip
    return player


def _flow(player: Player, kind: str, amount: str, days: int) -> None:
    Flow.objects.create(player_id=player.pk, kind=kind, base=amount, booked_at=NOW - timedelta(days=days))


def test_a_stake_cap_counts_who_staked_more_than_their_age_may() -> None:
    _staked("Alice", "4", date(1990, 1, 1))
    _staked("Bob", "4", date(2004, 1, 1))
    _staked("Dora", "6", date(1990, 1, 1))
    _staked("Nobody knows", "3")
    assert _lines("slot.max_stake", EURO_BANDS)["Players who staked more in 30 days (all games)"] == ("0", "3: 3 newly")


def test_a_cap_in_another_currency_is_compared_at_todays_rate_or_said_not_to_be() -> None:
    _staked("Alice", "4")
    pounds = [{"from_age": 18, "amount": "5", "currency": "GBP"}]
    name = "Players who staked more in 30 days (all games)"
    assert _lines("slot.max_stake", pounds)[name][0] == "not counted"
    rate_make("GBP", "2")
    assert _lines("slot.max_stake", pounds)[name] == ("0", "1: 1 newly")


def test_a_trigger_of_net_deposits_counts_deposits_less_withdrawals_of_thirty_days() -> None:
    alice, bob = player_make("Alice"), player_make("Bob")
    _flow(alice, "deposit", "200", 3)
    _flow(alice, "deposit", "900", 31)
    _flow(bob, "deposit", "200", 3)
    _flow(bob, "withdrawal", "100", 2)
    trigger = {
        "limit": {"amount": "150", "currency": "EUR"}, "under_25": None, "window": "rolling_30d",
        "action": "vulnerability_check",
    }  # fmt: skip
    assert _lines("net_deposit.trigger", trigger)["Players above it in the last 30 days"] == ("0", "1: 1 newly")


def test_a_mandatory_limit_and_verification_before_play_count_who_lacks_them() -> None:
    alice = player_make("Alice")
    player_make("Bob")
    KycState.objects.create(player=alice, status=Status.VERIFIED, level=1, changed_at=NOW)
    need = {"kind": "deposit", "periods": ["day", "week"], "need": "all"}
    assert _lines("limit.mandatory", need)["Players who lack such a limit"] == ("0", "2: 2 newly")
    assert _lines("registration.kyc_before_play", True)["Players who are not verified"] == ("0", "1: 1 newly")
