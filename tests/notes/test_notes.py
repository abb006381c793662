"""Notes are written, corrected and never lost; tags come and go and stay known."""

from __future__ import annotations

from datetime import timedelta

import pytest

from compliance.audit.models import AuditEvent
from players.models import Player
from players.notes.enums import NoteKind, TagColour
from players.notes.errors import (
    CardNumberRefused,
    NoteEmpty,
    NoteSuperseded,
    NoteTooLong,
    TagAlreadyOn,
    TagNotOn,
    TagNotUsable,
    TagTaken,
    TooManyPinned,
)
from players.notes.models import Note
from players.notes.selectors.notes import notes_of_player, tags_of_player, tags_to_choose
from players.notes.services.notes import note_add, note_supersede
from players.notes.services.tags import player_tag_put, player_tag_remove, tag_change, tag_define
from tests.factories import NOON, player_make

pytestmark = pytest.mark.django_db
CAROL, DAVE = "staff:7", "staff:8"


def write(player: Player, body: str, *, pinned: bool = False, minutes: int = 0) -> Note:
    now = NOON + timedelta(minutes=minutes)
    return note_add(player_id=player.pk, kind=NoteKind.GENERAL, body=body, pinned=pinned, actor=CAROL, now=now)


def correct(note: Note, body: str, *, pinned: bool = False, minutes: int = 5) -> Note:
    now = NOON + timedelta(minutes=minutes)
    return note_supersede(note_id=note.pk, kind=NoteKind.RISK, body=body, pinned=pinned, actor=DAVE, now=now)


def test_a_note_keeps_its_words_its_author_and_its_moment() -> None:
    alice = player_make()
    note = write(alice, "  Called about a stuck round. ")
    assert (note.body, note.author, note.written_at) == ("Called about a stuck round.", CAROL, NOON)


def test_a_correction_stands_in_front_and_the_first_note_stays_readable() -> None:
    alice = player_make()
    first = write(alice, "Wrong")
    correct(first, "Right")
    views = {view.body: view for view in notes_of_player(player_id=alice.pk)}
    assert views["Wrong"].superseded
    assert not views["Right"].superseded
    assert views["Right"].supersedes == first.pk


def test_a_note_is_corrected_once_then_its_correction_is() -> None:
    alice = player_make()
    first = write(alice, "One")
    second = correct(first, "Two")
    with pytest.raises(NoteSuperseded):
        correct(first, "Three")
    assert correct(second, "Three").supersedes_id == second.pk


def test_pinned_notes_come_first_however_old() -> None:
    alice = player_make()
    write(alice, "Pinned", pinned=True)
    for number in range(4):
        write(alice, f"Later {number}", minutes=number + 1)
    assert notes_of_player(player_id=alice.pk, limit=2)[0].body == "Pinned"


def test_notes_are_shown_as_they_stood_at_an_instant() -> None:
    alice = player_make()
    first = write(alice, "Before")
    correct(first, "After", minutes=10)
    then = notes_of_player(player_id=alice.pk, until=NOON + timedelta(minutes=5))
    assert [(view.body, view.superseded) for view in then] == [("Before", False)]


def test_a_sixth_pinned_note_is_refused_and_a_pinned_one_can_be_corrected() -> None:
    alice = player_make()
    notes = [write(alice, f"{number}", pinned=True) for number in range(5)]
    with pytest.raises(TooManyPinned):
        write(alice, "sixth", pinned=True)
    correct(notes[0], "still pinned", pinned=True)
    correct(notes[1], "not any more")
    write(alice, "sixth", pinned=True)


@pytest.mark.parametrize("body", ["", "   ", "\r\n\t", "\x00"])
def test_a_note_without_words_is_refused(body: str) -> None:
    with pytest.raises(NoteEmpty):
        write(player_make(), body)


def test_a_note_of_more_than_two_thousand_characters_is_refused() -> None:
    write(player_make(), "x" * 2000)
    with pytest.raises(NoteTooLong):
        write(player_make("Bob"), "x" * 2001)


def test_a_card_number_is_refused_in_a_note_and_in_its_correction_and_nothing_is_kept() -> None:
    """SEC-04."""
    alice = player_make()
    note = write(alice, "Asked for a refund")
    with pytest.raises(CardNumberRefused):
        write(alice, "Paid with 4111 1111 1111 1111")
    with pytest.raises(CardNumberRefused):
        correct(note, "Paid with 4111-1111-1111-1111")
    assert not Note.objects.filter(body__contains="1111").exists()


def test_every_note_is_in_the_audit_trail_without_its_words() -> None:
    alice = player_make()
    note = correct(write(alice, "Secret story"), "Another story", pinned=True)
    added, superseded = AuditEvent.objects.filter(player_id=alice.pk, name__startswith="players:note:").order_by("pk")
    assert (added.name, added.actor, added.brand_id) == ("players:note:added", CAROL, alice.brand_id)
    assert superseded.after == {"note": note.pk, "kind": "risk", "pinned": True}
    assert "story" not in f"{added.after}{superseded.before}{superseded.after}{added.reason}"


def test_a_tag_comes_and_goes_and_stays_known() -> None:
    alice = player_make()
    tag = tag_define(name="VIP", colour=TagColour.GREEN, meaning="Plays high", actor=CAROL, now=NOON)
    player_tag_put(player_id=alice.pk, tag_id=tag.pk, actor=CAROL, now=NOON)
    assert [view.name for view in tags_of_player(player_id=alice.pk)] == ["VIP"]
    with pytest.raises(TagAlreadyOn):
        player_tag_put(player_id=alice.pk, tag_id=tag.pk, actor=DAVE, now=NOON)
    later = NOON + timedelta(days=2)
    player_tag_remove(player_id=alice.pk, tag_id=tag.pk, actor=DAVE, now=later)
    assert tags_of_player(player_id=alice.pk) == ()
    assert [view.name for view in tags_of_player(player_id=alice.pk, at=NOON + timedelta(days=1))] == ["VIP"]
    with pytest.raises(TagNotOn):
        player_tag_remove(player_id=alice.pk, tag_id=tag.pk, actor=DAVE, now=later)
    player_tag_put(player_id=alice.pk, tag_id=tag.pk, actor=DAVE, now=later)
    names = AuditEvent.objects.filter(player_id=alice.pk, name__startswith="players:tag:").values_list(
        "name", flat=True
    )
    assert sorted(names) == ["players:tag:put", "players:tag:put", "players:tag:removed"]


def test_a_retired_tag_stays_on_its_players_and_is_put_on_nobody_any_more() -> None:
    alice, bob = player_make(), player_make("Bob")
    tag = tag_define(name="Old", colour=TagColour.GREY, meaning="", actor=CAROL, now=NOON)
    player_tag_put(player_id=alice.pk, tag_id=tag.pk, actor=CAROL, now=NOON)
    tag_change(tag_id=tag.pk, name="Old", colour=TagColour.GREY, meaning="", retired=True, actor=CAROL, now=NOON)
    assert [view.name for view in tags_of_player(player_id=alice.pk)] == ["Old"]
    assert tags_to_choose() == []
    with pytest.raises(TagNotUsable):
        player_tag_put(player_id=bob.pk, tag_id=tag.pk, actor=CAROL, now=NOON)


def test_two_tags_never_share_a_name_and_none_is_a_card_number() -> None:
    tag_define(name="VIP", colour=TagColour.GREEN, meaning="", actor=CAROL, now=NOON)
    other = tag_define(name="Other", colour=TagColour.RED, meaning="", actor=CAROL, now=NOON)
    with pytest.raises(TagTaken):
        tag_define(name="vip", colour=TagColour.GREEN, meaning="", actor=CAROL, now=NOON)
    with pytest.raises(TagTaken):
        tag_change(tag_id=other.pk, name="Vip", colour=TagColour.RED, meaning="", retired=False, actor=CAROL, now=NOON)
    with pytest.raises(CardNumberRefused):
        tag_define(name="4111111111111111", colour=TagColour.GREEN, meaning="", actor=CAROL, now=NOON)
