"""A refund's row, made in the transaction that decides it; sending it is another matter (services/refunds.py)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from casino.cashier.enums import RefundOrigin
from casino.cashier.models import Deposit, Refund
from common.ids import public_id
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record


def refund_make(
    *, deposit: Deposit, origin: RefundOrigin, reason: str, approval: str, transaction_id: UUID | None, actor: str,
    now: datetime,
) -> Refund:  # fmt: skip
    """A refund of the whole deposit, waiting to be sent."""
    made = Refund.objects.create(
        reference=public_id("R").replace("_", "-"), deposit=deposit, origin=origin, amount=deposit.amount,
        currency=deposit.currency, reason=reason[:300], asked_by=actor, approval=approval, created_at=now,
        transaction_id=transaction_id,
    )  # fmt: skip
    refund_told(made, EventName.REFUND_ASKED, reason, actor, now, approval)
    return made


def refund_told(refund: Refund, name: EventName, reason: str, actor: str, now: datetime, approval: str = "") -> None:
    """The trail's line about a refund."""
    deposit = refund.deposit
    audit_record(
        name=name, actor=actor, now=now, subject=f"cashier.refund:{refund.pk}", reason=reason, approval=approval,
        brand_id=deposit.player.brand_id, player_id=deposit.player_id,
        after={"state": refund.state, "amount": refund.amount, "currency": refund.currency},
    )  # fmt: skip
