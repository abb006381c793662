"""Tags as data, and putting them on players."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError, transaction

from common.cards import card_found
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from players.models import Player
from players.notes.enums import TagColour
from players.notes.errors import CardNumberRefused, TagAlreadyOn, TagNotOn, TagNotUsable, TagTaken
from players.notes.models import PlayerTag, Tag


@transaction.atomic
def tag_define(*, name: str, colour: TagColour, meaning: str, actor: str, now: datetime) -> Tag:
    """A new tag. Raises TagTaken when the name is in use in whatever capitals, CardNumberRefused (SEC-04)."""
    _checked(name, meaning)
    if Tag.objects.filter(name__iexact=name).exists():
        raise TagTaken
    with _once():
        tag = Tag.objects.create(name=name, colour=TagColour(colour), meaning=meaning)
    _record_tag(EventName.TAG_DEFINED, tag, actor, now, before=None)
    return tag


@transaction.atomic
def tag_change(
    *, tag_id: int, name: str, colour: TagColour, meaning: str, retired: bool, actor: str, now: datetime
) -> Tag:
    """Change a tag's name, colour or meaning, or retire it: it stays on its players, and is put on nobody any more.

    Raises TagTaken, CardNumberRefused (SEC-04).
    """
    _checked(name, meaning)
    tag = Tag.objects.select_for_update().get(pk=tag_id)
    if Tag.objects.filter(name__iexact=name).exclude(pk=tag_id).exists():
        raise TagTaken
    before = _facts(tag)
    tag.name, tag.colour, tag.meaning, tag.retired = name, TagColour(colour), meaning, retired
    with _once():
        tag.save(update_fields=["name", "colour", "meaning", "retired"])
    _record_tag(EventName.TAG_CHANGED, tag, actor, now, before=before)
    return tag


@transaction.atomic
def player_tag_put(*, player_id: int, tag_id: int, actor: str, now: datetime) -> PlayerTag:
    """Put a tag on a player. Raises TagNotUsable for a retired one, TagAlreadyOn."""
    player = Player.objects.select_for_update().get(pk=player_id)
    tag = Tag.objects.get(pk=tag_id)
    if tag.retired:
        raise TagNotUsable
    if PlayerTag.objects.filter(player=player, tag=tag, removed_at__isnull=True).exists():
        raise TagAlreadyOn
    put = PlayerTag.objects.create(player=player, tag=tag, put_by=actor, put_at=now)
    _record_put(EventName.TAG_PUT, put, player, actor, now)
    return put


@transaction.atomic
def player_tag_remove(*, player_id: int, tag_id: int, actor: str, now: datetime) -> PlayerTag:
    """Take a tag off a player; when it was on him stays known. Raises TagNotOn."""
    player = Player.objects.select_for_update().get(pk=player_id)
    put = PlayerTag.objects.filter(player=player, tag_id=tag_id, removed_at__isnull=True).first()
    if put is None:
        raise TagNotOn
    put.removed_by, put.removed_at = actor, now
    put.save(update_fields=["removed_by", "removed_at"])
    _record_put(EventName.TAG_REMOVED, put, player, actor, now)
    return put


@contextmanager
def _once() -> Iterator[None]:
    """A name that somebody else took in the same moment is taken all the same. Raises TagTaken."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as taken:
        raise TagTaken from taken


def _checked(name: str, meaning: str) -> None:
    if card_found(name) or card_found(meaning):
        raise CardNumberRefused


def _facts(tag: Tag) -> dict[str, str | bool]:
    return {"name": tag.name, "colour": tag.colour, "meaning": tag.meaning, "retired": tag.retired}


def _record_tag(name: EventName, tag: Tag, actor: str, now: datetime, *, before: dict[str, str | bool] | None) -> None:
    audit_record(name=name, actor=actor, now=now, subject=f"notes.tag:{tag.pk}", before=before, after=_facts(tag))


def _record_put(name: EventName, put: PlayerTag, player: Player, actor: str, now: datetime) -> None:
    audit_record(
        name=name,
        actor=actor,
        now=now,
        subject=f"players.player:{player.pk}",
        brand_id=player.brand_id,
        player_id=player.pk,
        after={"tag": put.tag.name},
    )
