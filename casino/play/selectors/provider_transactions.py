"""The state of one of a provider's own transactions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from casino.play import errors
from casino.play.models import Leg
from casino.play.selectors.balances import balance_of_player
from casino.play.types import Balance, Caller
from players.models import Player
from wallet.enums import AnswerOutcome
from wallet.selectors.answers import recorded_answer


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderTransaction:
    """What is known under a transaction id; `state` is booked, reversed, refused or tombstone."""

    call: str
    state: str
    amount: Decimal | None
    currency: str
    round_reference: str
    recorded_at: datetime
    body: bytes
    balance: Balance | None


def provider_transaction(*, transaction_id: str, caller: Caller) -> ProviderTransaction:
    """The caller's transaction. Raises TransactionNotFound; other providers' ids are not found either."""
    if not 1 <= len(transaction_id) <= 255 or "\x00" in transaction_id:
        raise errors.TransactionNotFound
    answer = recorded_answer(provider_id=caller.provider_id, transaction_id=transaction_id)
    if answer is None:
        raise errors.TransactionNotFound
    state, reference = str(answer.outcome), answer.round_reference
    if answer.outcome == AnswerOutcome.BOOKED and answer.transaction_id is not None:
        leg = Leg.objects.select_related("round").filter(pk=answer.transaction_id).first()
        if leg is not None and leg.reversed_by_id is not None:
            state = "reversed"
        if leg is not None and leg.round is not None:
            reference = leg.round.reference
    player = Player.objects.filter(pk=answer.player_id).first() if answer.player_id else None
    return ProviderTransaction(
        call=answer.call,
        state=state,
        amount=answer.amount,
        currency=answer.currency,
        round_reference=reference,
        recorded_at=answer.recorded_at,
        body=bytes(answer.body),
        balance=balance_of_player(player_id=player.pk, currency=player.currency) if player else None,
    )
