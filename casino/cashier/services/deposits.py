"""A deposit's two moments: it is let in before the payment begins, and credited once it has succeeded.

Payment providers, their states and refunds come with the cashier's issue; whatever they do ends in these two.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from casino.cashier.errors import DepositGoesBack
from compliance.exclusions.enums import DepositOutcome
from compliance.exclusions.selectors.standing import deposit_outcome_for
from compliance.gate.ask import gate_pass
from compliance.gate.enums import Touchpoint
from compliance.limits.locks import limits_lock
from compliance.limits.models import DepositReservation
from compliance.limits.services.deposits import deposit_release, deposit_reserve, deposit_settle
from players.models import Player
from wallet.enums import TransactionKind
from wallet.locks import busy_when_locked
from wallet.services.player_money import player_credit


@busy_when_locked()
def deposit_open(
    *, player_id: int, amount: Decimal, currency: str, reference: str, actor: str, now: datetime
) -> DepositReservation:
    """Let a deposit of `amount` in the player's `currency` in, before the player pays (G-18, 2.8 rule 2).

    Raises the gate's first reason, and what `deposit_reserve` raises.
    """
    with transaction.atomic():
        limits_lock(Player.objects.get(pk=player_id))
        gate_pass(player_id=player_id, touchpoint=Touchpoint.DEPOSIT, now=now)
    return deposit_reserve(
        player_id=player_id, amount=amount, currency=currency, reference=reference, actor=actor, now=now
    )


@busy_when_locked()
def deposit_post(
    *, player_id: int, amount: Decimal, currency: str, reference: str, clearing_id: int, actor: str, now: datetime
) -> UUID:
    """The payment has succeeded: credit it, or send it back where the player may not have it any more.

    What was let in is credited though a limit was lowered meanwhile; who is excluded or closed gets it back, however
    late the payment comes (2.8 rule 5). Returns the ledger transaction. Raises DepositGoesBack, DepositUnknown,
    DepositEnded.
    """
    with transaction.atomic():
        limits_lock(Player.objects.get(pk=player_id))
        goes_back = deposit_outcome_for(player_id=player_id, now=now) is DepositOutcome.REFUND
        if not goes_back:
            booked = player_credit(
                kind=TransactionKind.DEPOSIT, player_id=player_id, currency=currency, source_id=clearing_id,
                amount=amount, actor=actor, now=now, reference=reference,
            )  # fmt: skip
            deposit_settle(player_id=player_id, reference=reference, transaction_id=booked, now=now)
            return booked
    deposit_release(player_id=player_id, reference=reference, now=now)
    raise DepositGoesBack
