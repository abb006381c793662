"""Writing notes about players: added and superseded, never edited."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from common.cards import card_found
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from players.models import Player
from players.notes.enums import NoteKind
from players.notes.errors import CardNumberRefused, NoteEmpty, NoteSuperseded, NoteTooLong, TooManyPinned
from players.notes.models import Note

LONGEST: Final = 2000
MOST_PINNED: Final = 5


@transaction.atomic
def note_add(*, player_id: int, kind: NoteKind, body: str, pinned: bool, actor: str, now: datetime) -> Note:
    """Write a note about a player (SEC-04, AUD-01).

    Raises NoteEmpty, NoteTooLong (2,000 characters), CardNumberRefused, TooManyPinned (five at a time).
    """
    player = Player.objects.select_for_update().get(pk=player_id)
    text = _checked(body)
    _pin_allowed(player.pk, pinned=pinned, instead_of=None)
    note = Note.objects.create(
        player=player, kind=NoteKind(kind), body=text, pinned=pinned, author=actor, written_at=now
    )
    _record(EventName.NOTE_ADDED, note, player, actor, now)
    return note


@transaction.atomic
def note_supersede(*, note_id: int, kind: NoteKind, body: str, pinned: bool, actor: str, now: datetime) -> Note:
    """Put a corrected note in the place of an earlier one, which stays readable (AUD-01).

    Raises NoteSuperseded when there is a newer one already, and what note_add raises.
    """
    earlier = Note.objects.get(pk=note_id)
    player = Player.objects.select_for_update().get(pk=earlier.player_id)
    if Note.objects.filter(supersedes=earlier).exists():
        raise NoteSuperseded
    text = _checked(body)
    _pin_allowed(player.pk, pinned=pinned, instead_of=earlier.pk)
    note = Note.objects.create(
        player=player, kind=NoteKind(kind), body=text, pinned=pinned, author=actor, written_at=now, supersedes=earlier
    )
    _record(EventName.NOTE_SUPERSEDED, note, player, actor, now, earlier=earlier)
    return note


def _checked(body: str) -> str:
    text = body.replace("\r\n", "\n").replace("\x00", "").strip()
    if not text:
        raise NoteEmpty
    if len(text) > LONGEST:
        raise NoteTooLong
    if card_found(text):
        raise CardNumberRefused
    return text


def _pin_allowed(player_id: int, *, pinned: bool, instead_of: int | None) -> None:
    present = Note.objects.filter(player_id=player_id, pinned=True, successors__isnull=True)
    if instead_of is not None:
        present = present.exclude(pk=instead_of)
    if pinned and present.count() >= MOST_PINNED:
        raise TooManyPinned


def _record(
    name: EventName, note: Note, player: Player, actor: str, now: datetime, *, earlier: Note | None = None
) -> None:
    """The text stays in the note alone: the trail says that, when and by whom."""
    audit_record(
        name=name,
        actor=actor,
        now=now,
        subject=f"notes.note:{note.pk}",
        brand_id=player.brand_id,
        player_id=player.pk,
        before={"note": earlier.pk, "kind": earlier.kind, "pinned": earlier.pinned} if earlier else None,
        after={"note": note.pk, "kind": note.kind, "pinned": note.pinned},
    )
