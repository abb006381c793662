"""Gateways' messages: kept as they came, worked off apart, in whatever order and however often they come."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Final

from django.db import transaction
from django.db.models import F

from casino.gateways.enums import FLAGGED, Outcome, Verdict
from casino.gateways.errors import MessageNotFlagged
from casino.gateways.headers import headers_kept
from casino.gateways.models import GatewayMessage
from casino.gateways.services.telling import message_tell
from casino.gateways.types import RawMessage
from casino.gateways.wake import message_wake
from common.card_payloads import payload_masked, text_masked
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record

FORGED_KEPT: Final = 4_096
LEASE: Final = timedelta(seconds=90)  # longer than telling takes; a worker that was killed gives its message back then
MOST_ATTEMPTS: Final = 12  # about two hours of tries, then people look
SHORTEST, LONGEST = timedelta(seconds=5), timedelta(minutes=30)


@transaction.atomic
def message_keep(
    *, message: RawMessage, verdict: Verdict, ip: str | None, now: datetime, note: str = ""
) -> GatewayMessage:
    """Keep a message with its signature's verdict, before anything else is done; on commit a worker is told.

    Of a message that is not the gateway's own the first kilobytes are kept, and never worked off. NUL in a query is
    taken out, which PostgreSQL does not keep; card numbers are masked but for their last four digits (docs/cards.md).
    """
    valid = verdict is Verdict.VALID
    kept = GatewayMessage.objects.create(
        gateway=message.gateway, method=message.method, headers=headers_kept(message.headers),
        query=text_masked((message.query if valid else message.query[:FORGED_KEPT]).replace("\0", "")),
        raw=payload_masked(message.body if valid else message.body[:FORGED_KEPT]), size=len(message.body),
        verdict=verdict, ip=ip, received_at=now, outcome=Outcome.WAITING if valid else Outcome.INVALID,
        next_try_at=now if valid else None, note=note[:500],
    )  # fmt: skip
    if valid:
        transaction.on_commit(partial(message_wake, kept.pk))
    else:
        audit_record(
            name=EventName.GATEWAY_MESSAGE_FORGED, actor=f"gateway:{message.gateway}", now=now,
            subject=f"gateways.gatewaymessage:{kept.pk}", reason=verdict.label,
        )  # fmt: skip
    return kept


def message_work(*, now: datetime, message_id: int | None = None) -> GatewayMessage | None:
    """Work off one message: the one that is named, or the one that is due the longest; None if there is none.

    It is taken on in a transaction of its own (skipping what others hold) and ended in another; between them its
    facts are told, each in the transaction of whoever takes it. A worker killed anywhere loses nothing: the message
    is due again once the lease is over. It doubles nothing: facts count once.
    """
    taken = _taken(message_id, now)
    if taken is None:
        return None
    if taken.attempts > MOST_ATTEMPTS:
        # Whoever worked on it was killed every time.
        outcome, note = Outcome.FAILED, f"given up after {MOST_ATTEMPTS} attempts that did not come back"
    else:
        outcome, note = message_tell(message=taken, now=now)
        if outcome is Outcome.WAITING and taken.attempts >= MOST_ATTEMPTS:
            outcome, note = Outcome.FAILED, f"given up after {MOST_ATTEMPTS} attempts: {note}"
    return _ended(taken, outcome, note, now)


@transaction.atomic
def message_work_again(*, message_id: int, reason: str, actor: str, now: datetime) -> None:
    """Have a flagged message worked off once more, by people who put right what was in its way.

    Raises MessageNotFlagged for one that waits, was applied or is not the gateway's own.
    """
    message = GatewayMessage.objects.select_for_update(no_key=True).get(pk=message_id)
    if message.outcome not in FLAGGED:
        raise MessageNotFlagged
    before = {"outcome": message.outcome, "note": message.note}
    message.outcome, message.attempts, message.next_try_at = Outcome.WAITING, 0, now
    message.rounds = F("rounds") + 1
    message.save(update_fields=["outcome", "attempts", "next_try_at", "rounds"])
    audit_record(
        name=EventName.GATEWAY_MESSAGE_AGAIN, actor=actor, now=now, subject=f"gateways.gatewaymessage:{message_id}",
        reason=reason, before=before,
    )  # fmt: skip
    transaction.on_commit(partial(message_wake, message_id))


def pause_after(attempts: int) -> timedelta:
    """How long a message waits after so many attempts: 5 s, doubled each time, half an hour at most."""
    return min(SHORTEST * int(2 ** max(attempts - 1, 0)), LONGEST)


@transaction.atomic
def _taken(message_id: int | None, now: datetime) -> GatewayMessage | None:
    waiting = GatewayMessage.objects.select_for_update(skip_locked=True, no_key=True).filter(outcome=Outcome.WAITING)
    if message_id is None:
        waiting = waiting.filter(next_try_at__lte=now).order_by("next_try_at", "pk")
    else:
        # Fresh from the edge, whose clock may be a little ahead of ours.
        waiting = waiting.filter(pk=message_id, next_try_at__lte=now + timedelta(seconds=2))
    taken = waiting.first()
    if taken is not None:
        taken.attempts += 1
        taken.next_try_at = now + LEASE
        taken.save(update_fields=["attempts", "next_try_at"])
    return taken


@transaction.atomic
def _ended(taken: GatewayMessage, outcome: Outcome, note: str, now: datetime) -> GatewayMessage:
    """Write down what became of it, unless somebody else took it on since: then the end is theirs to tell."""
    mine = GatewayMessage.objects.select_for_update(no_key=True).filter(
        pk=taken.pk, outcome=Outcome.WAITING, attempts=taken.attempts, rounds=taken.rounds
    )
    message = mine.first()
    if message is None:
        return GatewayMessage.objects.get(pk=taken.pk)
    message.outcome, message.note, message.worked_at = outcome, note[:500], now
    message.next_try_at = now + pause_after(taken.attempts) if outcome is Outcome.WAITING else None
    message.save(update_fields=["outcome", "note", "worked_at", "next_try_at"])
    if outcome in FLAGGED:
        audit_record(
            name=EventName.GATEWAY_MESSAGE_FLAGGED, actor=f"gateway:{message.gateway}", now=now,
            subject=f"gateways.gatewaymessage:{message.pk}", reason=f"{outcome.label}: {message.note}",
        )  # fmt: skip
    return message
