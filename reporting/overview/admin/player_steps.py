"""What staff do from a player's first screen: notes, tags, ending sessions. Each a POST, each through its service."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from casino.play.enums import SessionEnd
from casino.play.services.sessions import sessions_end
from common.backoffice.confirmed import Question, ReasonForm, confirmed, staff_actor
from common.clock import utc_now
from players.models import Player
from players.notes.enums import NoteKind
from players.notes.models import Note, Tag
from players.notes.services.notes import note_add, note_supersede
from players.notes.services.tags import player_tag_put, player_tag_remove
from reporting.overview.admin.note_forms import NoteForm, NothingToSay, TagForm, correction_form
from reporting.overview.admin.sight import Sight, sight_of


def _screen() -> Any:
    """The players' own screen: it knows whom somebody may see."""
    return admin.site._registry[Player]


def _sight(request: HttpRequest, player_id: int) -> Sight:
    player = _screen().get_object(request, str(player_id))
    if player is None:
        raise Http404("There is no such player.")
    return sight_of(request, player)


def _pin_allowed(sight: Sight, *, pinned: bool, was: bool = False) -> None:
    if pinned != was and not sight.pin_notes:
        raise PermissionDenied


def note_write(request: HttpRequest, player_id: int) -> HttpResponse:
    """A new note about a player."""
    sight = _sight(request, player_id)
    if not sight.write_notes:
        raise PermissionDenied

    def perform(player: Player, form: NoteForm) -> str:
        data = form.cleaned_data
        _pin_allowed(sight, pinned=data["pinned"])
        note_add(
            player_id=player.pk, kind=NoteKind(data["kind"]), body=data["body"], pinned=data["pinned"],
            actor=staff_actor(request), now=utc_now(),
        )  # fmt: skip
        return "The note is written."

    def question(player: Player) -> Question:
        words = "Notes are never edited or deleted: a correction is a new note, and the old one stays readable."
        return Question(f"Write a note about {player.nickname}", words, "Write it")

    return confirmed(_screen(), request, str(player_id), question=question, form_class=NoteForm, perform=perform)


def note_correct(request: HttpRequest, note_id: int) -> HttpResponse:
    """A newer note in the place of an earlier one."""
    note = Note.objects.filter(pk=note_id).first()
    if note is None:
        raise Http404("There is no such note.")
    sight = _sight(request, note.player_id)
    if not (sight.notes and sight.write_notes):
        raise PermissionDenied

    def perform(player: Player, form: NoteForm) -> str:
        data = form.cleaned_data
        _pin_allowed(sight, pinned=data["pinned"], was=note.pinned)
        note_supersede(
            note_id=note.pk, kind=NoteKind(data["kind"]), body=data["body"], pinned=data["pinned"],
            actor=staff_actor(request), now=utc_now(),
        )  # fmt: skip
        return "The newer note stands in front; the earlier one stays readable."

    def question(player: Player) -> Question:
        words = "The earlier note is not changed: this one is put in its place."
        return Question(f"Correct a note about {player.nickname}", words, "Put it in place")

    return confirmed(
        _screen(), request, str(note.player_id), question=question, form_class=correction_form(note), perform=perform
    )


def tag_put(request: HttpRequest, player_id: int) -> HttpResponse:
    """One of the tags in use, on a player."""
    if not _sight(request, player_id).set_tags:
        raise PermissionDenied

    def perform(player: Player, form: TagForm) -> str:
        put = player_tag_put(
            player_id=player.pk, tag_id=form.cleaned_data["tag"], actor=staff_actor(request), now=utc_now()
        )
        return f"{player.nickname} has the tag “{put.tag.name}” now."

    def question(player: Player) -> Question:
        return Question(f"Put a tag on {player.nickname}", "Everybody who sees the player sees it.", "Put it on")

    return confirmed(_screen(), request, str(player_id), question=question, form_class=TagForm, perform=perform)


def tag_remove(request: HttpRequest, player_id: int, tag_id: int) -> HttpResponse:
    """A tag off a player."""
    if not _sight(request, player_id).set_tags:
        raise PermissionDenied
    tag = Tag.objects.filter(pk=tag_id).first()
    if tag is None:
        raise Http404("There is no such tag.")

    def perform(player: Player, _form: NothingToSay) -> str:
        player_tag_remove(player_id=player.pk, tag_id=tag.pk, actor=staff_actor(request), now=utc_now())
        return f"The tag “{tag.name}” is off {player.nickname}."

    def question(player: Player) -> Question:
        words = "It stays known that the player had it, from when until when, and by whom."
        return Question(f"Take “{tag.name}” off {player.nickname}?", words, "Take it off")

    return confirmed(_screen(), request, str(player_id), question=question, form_class=NothingToSay, perform=perform)


def sessions_stop(request: HttpRequest, player_id: int) -> HttpResponse:
    """Every living game session of a player ends; open rounds settle as always."""
    if not _sight(request, player_id).end_sessions:
        raise PermissionDenied

    def perform(player: Player, form: ReasonForm) -> str:
        ended = sessions_end(
            player_id=player.pk, end=SessionEnd.REVOKED, reason=form.cleaned_data["reason"],
            actor=staff_actor(request), now=utc_now(),
        )  # fmt: skip
        return f"{ended} game session{'' if ended == 1 else 's'} of {player.nickname} ended."

    def question(player: Player) -> Question:
        words = "New bets in them are refused from now on, and what is open still settles. The player may launch again."
        return Question(f"End all game sessions of {player.nickname}?", words, "End them", dangerous=True)

    return confirmed(_screen(), request, str(player_id), question=question, form_class=ReasonForm, perform=perform)
