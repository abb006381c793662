"""Reversing a transaction outside play: the very same postings the other way round, once."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from compliance.approvals.errors import ProposalNotUnderstood
from compliance.approvals.kinds.worth import worded, worded_base
from compliance.approvals.registry import ApprovalKind, approval_kind_register
from compliance.approvals.selectors.rules import rule_in_force
from compliance.approvals.types import ApprovalScope, Consequence, Execution, Fact, Payload
from players.models import Player
from wallet.enums import AccountKind, TransactionKind
from wallet.errors import AlreadyReversed, NotReversible, TransactionUnknown
from wallet.locks import wallet_lock
from wallet.selectors.reversals import (
    BookedTransaction,
    player_balances_touched,
    reversal_preview,
    transaction_get,
)
from wallet.services.reversals import REVERSIBLE, transaction_reverse

CODE: Final = "reversal"


def reversal_payload(*, transaction_id: UUID) -> dict[str, str]:
    """What is to be taken back. Raises TransactionUnknown, NotReversible and AlreadyReversed."""
    found = _checked(transaction_id)
    return {"booked_by": found.actor, "kind": found.kind, "transaction": str(found.id)}


def reversal_kind_register() -> None:
    """Called once from the app's ready()."""
    approval_kind_register(
        ApprovalKind(
            code=CODE,
            title="Reversal of a transaction",
            propose_permission="wallet.propose_reversal",
            approve_permission="wallet.approve_reversal",
            facts=_facts,
            consequences=_consequences,
            state=_state,
            execute=_execute,
            scope=_scope,
            lock=_lock,
            third_person=_third_person,
            third_person_from=Decimal(1000),
        )
    )


def _checked(transaction_id: UUID) -> BookedTransaction:
    found = transaction_get(transaction_id)
    if found is None:
        raise TransactionUnknown
    if found.kind not in REVERSIBLE:
        raise NotReversible(kind=found.kind)
    if found.reversed_by is not None:
        raise AlreadyReversed
    return found


def _booked(payload: Payload) -> BookedTransaction:
    try:
        found = transaction_get(UUID(str(payload["transaction"])))
    except ValueError as wrong:
        raise ProposalNotUnderstood("This is no transaction id.") from wrong
    if found is None:
        raise TransactionUnknown
    return found


def _facts(payload: Payload) -> list[Fact]:
    found = _booked(payload)
    return [
        ("Transaction", str(found.id)),
        ("Kind", TransactionKind(found.kind).label),
        ("Booked by", found.actor),
        ("Reference", found.reference or "–"),
        ("Worth", worded_base(found.worth)),
    ]


def _consequences(payload: Payload, _now: datetime) -> list[Consequence]:
    found = _checked(UUID(str(payload["transaction"])))
    lines = []
    for move in reversal_preview(found.id):
        owes = move.name == AccountKind.PLAYER_RECEIVABLE.label
        before = "–" if move.before is None else worded(move.before, move.currency)
        after = move.moved if move.before is None else move.before + move.moved
        told = f"moves {worded(after, move.currency)}" if move.before is None else worded(after, move.currency)
        lines.append(Consequence(move.name, before, told, owes and move.moved < 0))
    return lines


def _state(payload: Payload, _now: datetime) -> dict[str, str]:
    found = _booked(payload)
    touched = player_balances_touched(found.id)
    balances = {
        AccountKind(kind).label + (f" in {currency}" if len({c for _k, c in touched}) > 1 else ""): worded(
            balance, currency
        )
        for (kind, currency), balance in sorted(touched.items())
    }
    return {"Taken back": "no" if found.reversed_by is None else f"by {found.reversed_by}", **balances}


def _scope(payload: Payload) -> ApprovalScope:
    found = _booked(payload)
    subject = f"wallet.transaction:{found.id}"
    if found.player_id is None:
        return ApprovalScope(subject=subject)
    player = Player.objects.get(pk=found.player_id)
    return ApprovalScope(
        subject=subject, brand_id=player.brand_id, jurisdiction=player.jurisdiction, player_id=player.pk
    )


def _lock(payload: Payload) -> None:
    found = _booked(payload)
    if found.player_id is not None:
        for currency in sorted({currency for _kind, currency in player_balances_touched(found.id)}):
            wallet_lock(player_id=found.player_id, currency=currency)


def _third_person(payload: Payload, now: datetime) -> bool:
    return rule_in_force(CODE, now).wants_third_person(_booked(payload).worth)


def _execute(payload: Payload, run: Execution) -> str:
    """Book the reversal; its actor is the maker, its reference begins with the approval."""
    booked = transaction_reverse(
        transaction_id=UUID(str(payload["transaction"])),
        actor=run.maker,
        now=run.now,
        reason=f"{run.reference} {run.reason}"[:300],
    )
    return f"wallet.transaction:{booked}"
