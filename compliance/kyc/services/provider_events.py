"""Providers' messages: kept as they came, worked off apart, in whatever order and however often they come."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.kyc.enums import EventOutcome, Level, Status
from compliance.kyc.locks import state_lock
from compliance.kyc.models import ProviderEvent
from compliance.kyc.registry import provider_get
from compliance.kyc.services.verification import MOVED, verification_move
from compliance.kyc.types import Message
from players.models import Player

SUMSUB: Final = "sumsub"
FORGED_KEPT: Final = 1024
ACTOR: Final = "system:sumsub"


@transaction.atomic
def event_keep(*, raw: bytes, signed: bool, now: datetime) -> int | None:
    """Keep a message of Sumsub before anything else; its number, or None for one that is kept already."""
    if not signed:
        forged = ProviderEvent.objects.create(
            provider=SUMSUB, signed=False, raw=raw[:FORGED_KEPT], received_at=now, outcome=EventOutcome.FORGED
        )
        audit_record(
            name=EventName.VERIFICATION_FORGED, actor=ACTOR, now=now, subject=f"kyc.providerevent:{forged.pk}",
            reason="The digest does not fit the bytes",
        )  # fmt: skip
        return None
    message, note = _read(raw)
    event = ProviderEvent(
        provider=SUMSUB, signed=True, raw=raw, received_at=now, note=note,
        # A repeat of what nobody understands is told by its bytes.
        applicant=message.applicant if message else hashlib.sha256(raw).hexdigest(),
        kind=message.kind if message else "",
        created_ms=message.created_ms if message else 0,
        outcome=EventOutcome.WAITING if message else EventOutcome.UNKNOWN,
    )  # fmt: skip
    ProviderEvent.objects.bulk_create([event], ignore_conflicts=True)
    kept = ProviderEvent.objects.filter(
        provider=SUMSUB, signed=True, applicant=event.applicant, kind=event.kind, created_ms=event.created_ms
    ).first()
    return kept.pk if kept is not None and kept.outcome == EventOutcome.WAITING else None


@transaction.atomic
def event_work(*, event_id: int, now: datetime) -> EventOutcome:
    """Carry a kept message out, once. One that is older than what is known of the player changes nothing."""
    event = ProviderEvent.objects.select_for_update(no_key=True).get(pk=event_id)
    if event.outcome != EventOutcome.WAITING:
        return EventOutcome(event.outcome)
    message, note = _read(bytes(event.raw))
    outcome = EventOutcome.UNKNOWN
    if message is not None:
        outcome, note = _applied(message, now)
    event.outcome, event.note, event.worked_at = outcome, note[:200], now
    event.save(update_fields=["outcome", "note", "worked_at"])
    return outcome


def events_work(*, now: datetime, most: int = 500) -> int:
    """Work off what waits, the oldest first; returns how many."""
    waiting = ProviderEvent.objects.filter(outcome=EventOutcome.WAITING).order_by("received_at", "pk")
    ids = list(waiting.values_list("pk", flat=True)[:most])
    for event_id in ids:
        event_work(event_id=event_id, now=now)
    return len(ids)


def levels_of_setting(told: Mapping[str, int]) -> dict[str, Level]:
    """Which level each of the provider's stands for."""
    return {name: Level(number) for name, number in told.items()}


def _applied(message: Message, now: datetime) -> tuple[EventOutcome, str]:
    player = Player.objects.filter(public_id=message.player).first()
    if player is None:
        return EventOutcome.UNKNOWN, "no player has this externalUserId"
    state = state_lock(player_id=player.pk, now=now)
    if state.applicant and state.applicant != message.applicant:
        return EventOutcome.UNKNOWN, "the player is another applicant"
    if message.created_ms <= state.heard_ms:
        return EventOutcome.STALE, "a newer message is known"
    levels = levels_of_setting(settings.SUMSUB_LEVELS)
    verdict = provider_get(SUMSUB).verdict_of(message, levels=levels, verified=state.status == Status.VERIFIED)
    state.provider, state.applicant, state.heard_ms = SUMSUB, message.applicant, message.created_ms
    if verdict is None:
        state.save(update_fields=MOVED)
        return EventOutcome.APPLIED, "changes nothing"
    if verdict.level is not None and verdict.status == Status.VERIFIED:
        # A lower level proved again does not take a higher one away.
        verdict = replace(verdict, level=Level(max(verdict.level, state.level)))
    verification_move(state=state, verdict=verdict, actor=ACTOR, now=now)
    return EventOutcome.APPLIED, f"{verdict.status.label}: {verdict.reason}"


def _read(raw: bytes) -> tuple[Message | None, str]:
    try:
        return provider_get(SUMSUB).message_read(raw), ""
    except (ValueError, RecursionError) as problem:
        return None, f"not understood: {problem}"[:200]
