"""Money that stays with a provider for a while: set aside when it is to go, given back with what play made of it.

Real money alone: bonus money never travels (docs/transfer-wallet.md).
"""

from __future__ import annotations

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
from wallet.postings import AccountState, repayment
from wallet.selectors.player_balances import player_balances
from wallet.services.accounts import house_account, player_account_open
from wallet.services.transactions import Movement, transaction_post


@transaction.atomic
def transfer_out(*, player_id: int, currency: str, amount: Decimal, reference: str, actor: str, now: datetime) -> Hold:
    """Set `amount` (> 0, in `currency`) aside for a provider's wallet: player real -> player hold.

    Raises InsufficientFunds.
    """
    real = player_account_open(kind=AccountKind.PLAYER_REAL, player_id=player_id, currency=currency)
    wallet_lock(player_id=player_id, currency=currency)
    held = player_account_open(kind=AccountKind.PLAYER_HOLD, player_id=player_id, currency=currency)
    placed = transaction_post(
        kind=TransactionKind.TRANSFER_OUT, movements=[Movement(real.id, held.id, amount)], actor=actor, now=now,
        player_id=player_id, reference=reference,
    )  # fmt: skip
    hold = Hold.objects.create(account_id=held.id, amount=amount, reason=f"transfer {reference}", placed_by_id=placed)
    audit_record(
        name=EventName.HOLD_PLACED, actor=actor, now=now, subject=f"wallet.hold:{hold.pk}", reason=hold.reason,
        player_id=player_id, after={"amount": amount, "currency": currency, "state": hold.state, "transaction": placed},
    )  # fmt: skip
    return hold


@transaction.atomic
def transfer_in(*, hold_id: int, returned: Decimal, provider: str, actor: str, now: datetime) -> Hold:
    """Give back what came back of a hold, zero or more: hold -> real, the difference against gaming of `provider`.

    A loss goes hold -> gaming, a win gaming -> real, all in one transaction; what comes to the player repays a
    receivable first. Raises HoldNotFound, HoldEnded.
    """
    found = Hold.objects.select_related("account").filter(pk=hold_id).first()
    if found is None or found.account.player_id is None:
        raise HoldNotFound
    player_id, currency = found.account.player_id, found.account.currency
    wallet_lock(player_id=player_id, currency=currency)
    hold = Hold.objects.select_related("account").select_for_update(of=("self",)).get(pk=hold_id)
    if hold.state != HoldState.OPEN:
        raise HoldEnded(state=hold.state)
    gaming = house_account(kind=AccountKind.GAMING, scope=provider, currency=currency)
    hold.ended_by_id = transaction_post(
        kind=TransactionKind.TRANSFER_IN, movements=_movements(hold, player_id, returned, gaming), actor=actor,
        now=now, player_id=player_id, reference=hold.reason.removeprefix("transfer "),
    )  # fmt: skip
    hold.state = HoldState.RELEASED
    hold.save(update_fields=["state", "ended_by"])
    audit_record(
        name=EventName.HOLD_RELEASED, actor=actor, now=now, subject=f"wallet.hold:{hold.pk}", reason=hold.reason,
        player_id=player_id, before={"state": HoldState.OPEN},
        after={
            "state": hold.state, "amount": hold.amount, "returned": returned, "currency": currency,
            "transaction": hold.ended_by_id,
        },
    )  # fmt: skip
    return hold


def _movements(hold: Hold, player_id: int, returned: Decimal, gaming: AccountState) -> list[Movement]:
    currency = hold.account.currency
    real = player_account_open(kind=AccountKind.PLAYER_REAL, player_id=player_id, currency=currency)
    parts = (
        (hold.account_id, real.id, min(hold.amount, returned)),
        (gaming.id, real.id, returned - hold.amount),
        (hold.account_id, gaming.id, hold.amount - returned),
    )
    movements = [Movement(source, target, amount) for source, target, amount in parts if amount > ZERO]
    balances = player_balances(player_id=player_id, currency=currency)
    owed = balances.get(AccountKind.PLAYER_RECEIVABLE, ZERO)
    if owed < ZERO and returned > ZERO:
        receivable = player_account_open(kind=AccountKind.PLAYER_RECEIVABLE, player_id=player_id, currency=currency)
        postings = repayment(real, AccountState(receivable.id, currency, owed), returned)
        movements += [Movement(one.source.id, one.target.id, one.amount) for one in postings]
    return movements
