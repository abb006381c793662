"""Notes and tags as the player's page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q

from players.notes.enums import NoteKind
from players.notes.models import Note, PlayerTag, Tag

SHOWN = 50


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note; `superseded` says that a newer one stands in its place."""

    id: int
    kind: str
    body: str
    pinned: bool
    author: str
    written_at: datetime
    supersedes: int | None
    superseded: bool


@dataclass(frozen=True, slots=True)
class TagView:
    """A tag on a player; `colour` is the variant of its label, empty for grey."""

    id: int
    name: str
    colour: str
    meaning: str
    put_by: str
    put_at: datetime


def notes_of_player(*, player_id: int, until: datetime | None = None, limit: int = SHOWN) -> tuple[NoteView, ...]:
    """The newest notes, pinned ones that still stand first; `until` shows them as they stood at that instant."""
    rows = Note.objects.filter(player_id=player_id)
    if until is not None:
        rows = rows.filter(written_at__lte=until)
    known = rows.annotate(next_at=F("successors__written_at")).order_by("-pk")
    newest = list(known[:limit])
    # The pinned ones however old: each page of notes may be full of younger ones.
    shown = {note.pk for note in newest}
    pinned = [note for note in known.filter(pinned=True)[:limit] if note.pk not in shown]
    views = [_view(note, until) for note in [*newest, *pinned]]
    return tuple(sorted(views, key=lambda note: (not (note.pinned and not note.superseded), -note.id)))


def tags_of_player(*, player_id: int, at: datetime | None = None) -> tuple[TagView, ...]:
    """The tags on a player now, or at an instant, by name."""
    rows = PlayerTag.objects.filter(player_id=player_id).select_related("tag").order_by("tag__name")
    if at is None:
        rows = rows.filter(removed_at__isnull=True)
    else:
        rows = rows.filter(Q(removed_at__isnull=True) | Q(removed_at__gt=at), put_at__lte=at)
    return tuple(
        TagView(
            row.tag_id,
            row.tag.name,
            "" if row.tag.colour == "grey" else row.tag.colour,
            row.tag.meaning,
            row.put_by,
            row.put_at,
        )
        for row in rows
    )


def tags_to_choose() -> list[tuple[int, str]]:
    """Tags that may be put on somebody."""
    return list(Tag.objects.filter(retired=False).values_list("pk", "name"))


def _view(note: Note, until: datetime | None) -> NoteView:
    next_at: datetime | None = note.next_at  # type: ignore[attr-defined]  # annotated above
    return NoteView(
        id=note.pk,
        kind=NoteKind(note.kind).label,
        body=note.body,
        pinned=note.pinned,
        author=note.author,
        written_at=note.written_at,
        supersedes=note.supersedes_id,
        superseded=next_at is not None and (until is None or next_at <= until),
    )
