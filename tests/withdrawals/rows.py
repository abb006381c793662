"""A withdrawal made without a request, whatever stands against its player: for screens and guards."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from casino.withdrawals.enums import WithdrawalState
from casino.withdrawals.models import Payout, Rule, Withdrawal
from casino.withdrawals.services.steps import step_write, withdrawal_step
from players.models import Player
from wallet.services.holds import hold_place

ACTOR = "system:tests"


@transaction.atomic
def waiting_of(player: Player, now: datetime, *, reference: str = "") -> Payout:
    """One of 1.00 that waits for review; its payment is planned."""
    name = reference or f"W-{player.pk}"
    hold = hold_place(
        player_id=player.pk, currency=player.currency, amount=Decimal(1), reason=f"withdrawal {name}-1", actor=ACTOR,
        now=now,
    )  # fmt: skip
    made = Withdrawal.objects.create(
        reference=name, player=player, request_key=name, request_hash="x", amount=Decimal(1), currency=player.currency,
        method="card", base=Decimal(1), rule=Rule.objects.order_by("pk")[0], requested_at=now, state_since=now,
    )  # fmt: skip
    step_write(made, "", actor=ACTOR, reason="asked", now=now)
    for state in (WithdrawalState.CHECKED, WithdrawalState.REVIEW):
        withdrawal_step(made, state, actor=ACTOR, reason="for a test", now=now)
    return Payout.objects.create(
        withdrawal=made, player=player, part=1, reference=f"{name}-1-1", hold_id=hold.pk, method="card",
        held=Decimal(1), amount=Decimal(1), currency=player.currency, created_at=now,
    )  # fmt: skip


def screens_of(player: Player, now: datetime) -> dict[str, int]:
    """Keys of rows by their screens."""
    payout = waiting_of(player, now)
    return {"withdrawals_withdrawal": payout.withdrawal_id, "withdrawals_payout": payout.pk}
