"""Loosening or ending a limit of the house: two people (SEC-20). A player's own limit has no such way (G-17)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Final

from common.money import decimal_text
from compliance.approvals.registry import ApprovalKind, approval_kind_register
from compliance.approvals.types import ApprovalScope, Consequence, Execution, Fact, Payload
from compliance.limits.amounts import amount_check
from compliance.limits.enums import LimitKind, LimitOwner
from compliance.limits.errors import LimitNotFound, OperatorLimitNotLooser
from compliance.limits.locks import limits_lock
from compliance.limits.models import Limit
from compliance.limits.selectors.usage import limits_in_force
from compliance.limits.services.operator_limits import operator_limit_loosen

LOOSEN: Final = "operator_limit_loosening"
PROPOSE: Final = "limits.propose_loosening"
APPROVE: Final = "limits.approve_loosening"
NONE: Final = "no limit"


def loosening_payload(*, limit: Limit, amount: Decimal | None) -> dict[str, str | int]:
    """A looser amount for a limit of the house, or none. Raises LimitNotFound, OperatorLimitNotLooser,
    LimitAmountRefused."""
    if limit.owner != LimitOwner.OPERATOR or limit.ended_at is not None:
        raise LimitNotFound
    if amount is not None:
        amount_check(limit.kind, limit.period, amount, limit.player.currency)
        if amount <= limit.amount:
            raise OperatorLimitNotLooser
    asked = "" if amount is None else decimal_text(amount)
    return {"amount": asked, "limit": limit.pk, "player": limit.player_id}


def loosening_register() -> None:
    """Called once from the app's ready()."""
    approval_kind_register(
        ApprovalKind(
            code=LOOSEN,
            title="Loosening of an operator limit",
            propose_permission=PROPOSE,
            approve_permission=APPROVE,
            facts=_facts,
            consequences=_consequences,
            state=_state,
            execute=_execute,
            scope=_scope,
            lock=_lock,
        )
    )


def amount_words(limit: Limit, amount: Decimal | None) -> str:
    """ "100 EUR a day", "60 minutes a week", "5 EUR each"."""
    if amount is None:
        return NONE
    unit = "minutes" if limit.kind == LimitKind.SESSION_TIME else limit.currency
    return f"{decimal_text(amount)} {unit} {f'a {limit.period}' if limit.period else 'each'}"


def _limit(payload: Payload) -> Limit:
    return Limit.objects.select_related("player").get(pk=int(str(payload["limit"])))


def _amount(payload: Payload) -> Decimal | None:
    return Decimal(str(payload["amount"])) if payload["amount"] else None


def _scope(payload: Payload) -> ApprovalScope:
    player = _limit(payload).player
    return ApprovalScope(
        subject=f"limits.limit:{payload['limit']}", brand_id=player.brand_id, jurisdiction=player.jurisdiction,
        player_id=player.pk,
    )  # fmt: skip


def _lock(payload: Payload) -> None:
    limits_lock(_limit(payload).player)


def _facts(payload: Payload) -> list[Fact]:
    limit = _limit(payload)
    return [
        ("Player", limit.player.public_id),
        ("Limit", f"{LimitKind(limit.kind).label} (no. {limit.pk})"),
        ("Now", amount_words(limit, limit.amount)),
        ("Proposed", amount_words(limit, _amount(payload))),
        ("Set because", limit.reason),
    ]


def _state(payload: Payload, _now: datetime) -> dict[str, str]:
    limit = _limit(payload)
    return {"Limit": amount_words(limit, limit.amount) if limit.ended_at is None else "ended"}


def _consequences(payload: Payload, now: datetime) -> list[Consequence]:
    limit = _limit(payload)
    decides = limits_in_force(player=limit.player, now=now).strictest.get((limit.kind, limit.period))
    others = decides.bound.amount if decides is not None and decides.bound.id != limit.pk else None
    told = amount_words(limit, others) if others is not None else "none that is stricter"
    return [
        Consequence(
            "The house's limit", amount_words(limit, limit.amount), amount_words(limit, _amount(payload)), True
        ),
        Consequence("Other limits of the kind, which stay", told, told),
    ]


def _execute(payload: Payload, run: Execution) -> str:
    limit = operator_limit_loosen(
        limit_id=int(str(payload["limit"])), amount=_amount(payload), reason=run.reason, approval=run.reference,
        actor=run.maker, now=run.now,
    )  # fmt: skip
    return f"limits.limit:{limit.pk}"
