"""The preview of a policy's row counts whom it would newly stop, from what players did."""

from __future__ import annotations

from datetime import timedelta

import pytest

from compliance.harm.models import Flow
from compliance.kyc.enums import Status
from compliance.kyc.models import KycState
from players.models import Player
from tests.factories import player_make
from tests.harm.cast import NOW
from tests.policy.cast import preview_lines

pytestmark = pytest.mark.django_db


def _flow(player: Player, kind: str, amount: str, days: int) -> None:
    Flow.objects.create(player_id=player.pk, kind=kind, base=amount, booked_at=NOW - timedelta(days=days))


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
    assert preview_lines("net_deposit.trigger", trigger, now=NOW)["Players above it in the last 30 days"] == (
        "0",
        "1: 1 newly",
    )


def test_a_mandatory_limit_and_verification_before_play_count_who_lacks_them() -> None:
    alice = player_make("Alice")
    player_make("Bob")
    KycState.objects.create(player=alice, status=Status.VERIFIED, level=1, changed_at=NOW)
    need = {"kind": "deposit", "periods": ["day", "week"], "need": "all"}
    assert preview_lines("limit.mandatory", need, now=NOW)["Players who lack such a limit"] == ("0", "2: 2 newly")
    assert preview_lines("registration.kyc_before_play", True, now=NOW)["Players who are not verified"] == (
        "0",
        "1: 1 newly",
    )
