"""Holds: money of a player set aside for a purpose, until it is released or paid out (docs/ledger.md).

Each step takes the player's wallet lock first, then the hold, so that no step meets a bet half-way.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from common.money import ZERO
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from wallet.enums import AccountKind, HoldState, TransactionKind
from wallet.errors import HoldEnded, HoldNotFound
from wallet.locks import wallet_lock
from wallet.models import Hold
from wallet.services.accounts import player_account_open
from wallet.services.player_money import credit_movements
from wallet.services.transactions import Movement, transaction_post

ENDINGS = {HoldState.RELEASED: EventName.HOLD_RELEASED, HoldState.SETTLED: EventName.HOLD_SETTLED}


@transaction.atomic
def hold_place(*, player_id: int, currency: str, amount: Decimal, reason: str, actor: str, now: datetime) -> Hold:
    """Set `amount` (> 0, in `currency`) of the player's real money aside: player real -> player hold.

    `reason` says what it waits for, at most 100 characters. Raises InsufficientFunds.
    """
    real = player_account_open(kind=AccountKind.PLAYER_REAL, player_id=player_id, currency=currency)
    wallet_lock(player_id=player_id, currency=currency)
    held = player_account_open(kind=AccountKind.PLAYER_HOLD, player_id=player_id, currency=currency)
    placed = transaction_post(
        kind=TransactionKind.HOLD,
        movements=[Movement(real.id, held.id, amount)],
        actor=actor,
        now=now,
        player_id=player_id,
        reference=reason,
    )
    hold = Hold.objects.create(account_id=held.id, amount=amount, reason=reason, placed_by_id=placed)
    audit_record(
        name=EventName.HOLD_PLACED, actor=actor, now=now, subject=f"wallet.hold:{hold.pk}", reason=reason,
        player_id=player_id, after={"amount": amount, "currency": currency, "state": hold.state, "transaction": placed},
    )  # fmt: skip
    return hold


@transaction.atomic
def hold_release(*, hold_id: int, actor: str, now: datetime) -> Hold:
    """Give the money back: player hold -> player real, which repays a receivable. Raises HoldNotFound, HoldEnded."""
    hold, player_id = _locked(hold_id)
    movements = credit_movements(
        player_id=player_id, currency=hold.account.currency, source_id=hold.account_id, amount=hold.amount
    )
    return _end(hold, player_id, HoldState.RELEASED, TransactionKind.HOLD_RELEASE, movements, actor, now)


@transaction.atomic
def hold_settle(*, hold_id: int, target_id: int, actor: str, now: datetime, movements: Sequence[Movement] = ()) -> Hold:
    """Pay the money out: player hold -> the house account `target_id`, such as the payment clearing of a gateway.

    `movements` replace that one where a fee or a conversion goes with it; they take the hold's whole amount from its
    account and end in house accounts. Raises HoldNotFound, HoldEnded, ValueError for movements of another amount.
    """
    hold, player_id = _locked(hold_id)
    taken = sum((one.amount for one in movements if one.source_id == hold.account_id), ZERO)
    if movements and (taken != hold.amount or any(one.target_id == hold.account_id for one in movements)):
        raise ValueError("a hold is settled whole")
    movements = movements or [Movement(hold.account_id, target_id, hold.amount)]
    return _end(hold, player_id, HoldState.SETTLED, TransactionKind.WITHDRAWAL, movements, actor, now)


def _locked(hold_id: int) -> tuple[Hold, int]:
    """The open hold and its player's id, both under lock."""
    found = Hold.objects.select_related("account").filter(pk=hold_id).first()
    if found is None or found.account.player_id is None:
        raise HoldNotFound
    wallet_lock(player_id=found.account.player_id, currency=found.account.currency)
    hold = Hold.objects.select_related("account").select_for_update(of=("self",)).get(pk=hold_id)
    if hold.state != HoldState.OPEN:
        raise HoldEnded(state=hold.state)
    return hold, found.account.player_id


def _end(
    hold: Hold,
    player_id: int,
    state: HoldState,
    kind: TransactionKind,
    movements: Sequence[Movement],
    actor: str,
    now: datetime,
) -> Hold:
    hold.ended_by_id = transaction_post(
        kind=kind, movements=movements, actor=actor, now=now, player_id=player_id, reference=hold.reason
    )
    hold.state = state
    hold.save(update_fields=["state", "ended_by"])
    audit_record(
        name=ENDINGS[state], actor=actor, now=now, subject=f"wallet.hold:{hold.pk}", reason=hold.reason,
        player_id=player_id, before={"state": HoldState.OPEN},
        after={
            "state": state, "amount": hold.amount, "currency": hold.account.currency, "transaction": hold.ended_by_id,
        },
    )  # fmt: skip
    return hold
