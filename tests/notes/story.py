"""One row of everything about notes, tags and saved filters that is guarded."""

from __future__ import annotations

from compliance.staff.models import StaffUser
from players.notes.enums import NoteKind, TagColour
from players.notes.services.notes import note_add, note_supersede
from players.notes.services.tags import player_tag_put, player_tag_remove, tag_define
from reporting.overview.services.saved_filters import filter_save
from tests.factories import NOON

CAROL = "staff:7"


def notes_of_the_story(player_id: int) -> None:
    """A note that was corrected, a tag that stands, one that came off, and a saved filter."""
    first = note_add(player_id=player_id, kind=NoteKind.GENERAL, body="Calls", pinned=False, actor=CAROL, now=NOON)
    note_supersede(note_id=first.pk, kind=NoteKind.GENERAL, body="Called", pinned=True, actor=CAROL, now=NOON)
    for name in ("Vip", "Gone"):
        tag = tag_define(name=name, colour=TagColour.GREEN, meaning="x", actor=CAROL, now=NOON)
        player_tag_put(player_id=player_id, tag_id=tag.pk, actor=CAROL, now=NOON)
    player_tag_remove(player_id=player_id, tag_id=tag.pk, actor=CAROL, now=NOON)
    carol, _ = StaffUser.objects.get_or_create(username="carol-of-the-story")
    filter_save(staff_id=carol.pk, screen="players_player", name="Mine", query="status__exact=blocked", now=NOON)
