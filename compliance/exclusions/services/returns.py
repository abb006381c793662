"""The way back from an exclusion: asked by the player after its term, waited for, spoken about, then ended by a person.

Nothing here or anywhere ends an exclusion by itself or before its term; the database refuses it as well (UK-19, 2.8).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.exclusions.enums import ComesOff, ReturnState
from compliance.exclusions.errors import (
    ContactNotRecorded,
    NothingToReturnFrom,
    ReasonNotTold,
    ReturnAsked,
    ReturnEnded,
    ReturnStillCooling,
    ReturnTooEarly,
)
from compliance.exclusions.models import Exclusion, ReturnRequest
from compliance.exclusions.selectors.standing import firsts_of, in_force
from compliance.exclusions.services.rows import exclusion_over

WORDS_LEAST: Final = 10


@transaction.atomic
def return_ask(*, player_id: int, actor: str, now: datetime) -> list[ReturnRequest]:
    """The player asks to return from everything whose term is over; each request waits its cooling-off from now.

    Raises NothingToReturnFrom, ReturnTooEarly with the first moment at which one can be asked, ReturnAsked.
    """
    rows = Exclusion.objects.select_for_update(of=("self",)).filter(
        in_force(now), firsts_of(player_id), comes_off=ComesOff.ON_REQUEST, player__isnull=False
    )
    standing = list(rows.order_by("pk"))
    if not standing:
        raise NothingToReturnFrom
    due = [row for row in standing if row.ends_at is None or row.ends_at <= now]
    if not due:
        first = min(row.ends_at for row in standing if row.ends_at is not None)
        raise ReturnTooEarly(until=first.isoformat())
    waiting = set(
        ReturnRequest.objects.filter(exclusion__in=due, state=ReturnState.WAITING).values_list(
            "exclusion_id", flat=True
        )
    )
    asked = [_ask(row, actor, now) for row in due if row.pk not in waiting]
    if not asked:
        raise ReturnAsked
    return asked


@transaction.atomic
def return_of_person(*, exclusion_id: int, note: str, actor: str, now: datetime) -> ReturnRequest:
    """Somebody without an account revoked in writing the wish never to get one; the letter is the contact (MT-06).

    Raises NothingToReturnFrom for what is over or belongs to an account, ReturnTooEarly, ReturnAsked and
    ContactNotRecorded.
    """
    row = Exclusion.objects.select_for_update(of=("self",)).filter(in_force(now), player=None, pk=exclusion_id).first()
    if row is None or row.comes_off != ComesOff.ON_REQUEST:
        raise NothingToReturnFrom
    if row.ends_at is not None and now < row.ends_at:
        raise ReturnTooEarly(until=row.ends_at.isoformat())
    if ReturnRequest.objects.filter(exclusion=row, state=ReturnState.WAITING).exists():
        raise ReturnAsked
    request = _ask(row, actor, now)
    return return_contact(request_id=request.pk, note=note, actor=actor, now=now)


@transaction.atomic
def return_take_back(*, player_id: int, actor: str, now: datetime) -> int:
    """The player would rather stay away: waiting requests end at once; how many."""
    mine = Exclusion.objects.filter(firsts_of(player_id)).values("pk")
    rows = ReturnRequest.objects.select_for_update(of=("self",)).filter(exclusion__in=mine)
    waiting = list(rows.filter(state=ReturnState.WAITING).order_by("pk"))
    for request in waiting:
        _end(request, ReturnState.TAKEN_BACK, "", actor, now)
    return len(waiting)


@transaction.atomic
def return_contact(*, request_id: int, note: str, actor: str, now: datetime) -> ReturnRequest:
    """A colleague spoke with the player: when, how, and what was said. Once. Raises ContactNotRecorded, ReturnEnded."""
    request = _waiting(request_id)
    if len(note.strip()) < WORDS_LEAST:
        raise ContactNotRecorded
    if request.contacted_at is not None:
        raise ReturnEnded
    request.contacted_at, request.contacted_by, request.contact_note = now, actor, note.strip()[:1000]
    request.save(update_fields=["contacted_at", "contacted_by", "contact_note"])
    _record(EventName.RETURN_CONTACTED, request, "", actor, now)
    return request


@transaction.atomic
def return_grant(*, request_id: int, reason: str, actor: str, now: datetime) -> ReturnRequest:
    """End the exclusion, and those of the person's other accounts that follow it.

    Raises ReturnStillCooling before the waiting time is over, ContactNotRecorded, ReturnEnded.
    """
    request = _waiting(request_id)
    if now < request.cooling_off_until:
        raise ReturnStillCooling(until=request.cooling_off_until.isoformat())
    if request.contacted_at is None:
        raise ContactNotRecorded
    _end(request, ReturnState.RETURNED, reason, actor, now)
    exclusion_over(
        exclusion_id=request.exclusion_id, over_at=now, reason=f"Request {request.pk}: {reason}", actor=actor
    )
    return request


@transaction.atomic
def return_keep(*, request_id: int, reason: str, actor: str, now: datetime) -> ReturnRequest:
    """The exclusion stays: the contact showed that the player should not play. Raises ReasonNotTold, ReturnEnded."""
    request = _waiting(request_id)
    if len(reason.strip()) < WORDS_LEAST:
        raise ReasonNotTold
    _end(request, ReturnState.KEPT, reason, actor, now)
    return request


def _waiting(request_id: int) -> ReturnRequest:
    request = ReturnRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
    if request.state != ReturnState.WAITING:
        raise ReturnEnded
    return request


def _ask(row: Exclusion, actor: str, now: datetime) -> ReturnRequest:
    request = ReturnRequest.objects.create(
        exclusion=row, player=row.player, asked_by=actor, asked_at=now,
        cooling_off_until=now + timedelta(hours=row.cooling_off_hours),
    )  # fmt: skip
    _record(EventName.RETURN_ASKED, request, "", actor, now)
    return request


def _end(request: ReturnRequest, state: ReturnState, reason: str, actor: str, now: datetime) -> None:
    request.state, request.ended_at, request.ended_by, request.end_reason = state, now, actor, reason.strip()[:500]
    request.save(update_fields=["state", "ended_at", "ended_by", "end_reason"])
    _record(EventName.RETURN_ENDED, request, reason, actor, now)


def _record(name: EventName, request: ReturnRequest, reason: str, actor: str, now: datetime) -> None:
    audit_record(
        name=name, actor=actor, now=now, subject=f"exclusions.returnrequest:{request.pk}", reason=reason,
        brand_id=request.exclusion.brand_id, player_id=request.player_id,
        after={
            "exclusion": request.exclusion_id, "state": request.state, "cooling_off_until": request.cooling_off_until,
        },
    )  # fmt: skip
