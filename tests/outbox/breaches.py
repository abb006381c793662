"""Raw SQL that breaks each promise of the outbox, by the name that must refuse it."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from casino.outbox.enums import FactName
from casino.outbox.models import Fact, FactReader
from casino.outbox.services.facts import fact_announce
from players.models import Player
from tests.factories import NOON

_FACT = (
    "INSERT INTO outbox_fact (name, key, player_id, payload, occurred_at{more}) SELECT {name}, {key}, player_id,"
    " payload, occurred_at{value} FROM outbox_fact WHERE id = %(outbox_fact)s"
)


def _copy(name: str = "name", key: str = "'other'", more: str = "", value: str = "") -> str:
    return _FACT.format(**locals())


BY_ANYBODY: dict[str, list[str]] = {
    "fact_name_known": [_copy(name="'player:sneezed'")],
    "fact_is_told_apart": [_copy(key="''")],
    "fact_announced_once": [_copy(key="key")],
    "fact_stands_in_its_own_place": [_copy(more=", commit_order", value=", 7")],
    "facts_are_read_forwards": [
        "UPDATE outbox_factreader SET commit_order = 4 WHERE id = %(outbox_reader)s",
        "UPDATE outbox_factreader SET fact_id = 4 WHERE id = %(outbox_reader)s",
        "UPDATE outbox_factreader SET name = 'x' WHERE id = %(outbox_reader)s",
    ],
}
BY_OWNER: dict[str, list[str]] = {
    "facts_are_never_edited": [
        "UPDATE outbox_fact SET key = 'x' WHERE id = %(outbox_fact)s",
        "DELETE FROM outbox_fact WHERE id = %(outbox_fact)s",
    ],
}


def outbox_of_the_story(player: Player) -> dict[str, Any]:
    """Rows that the breaches are tried on."""
    with transaction.atomic():
        fact_announce(name=FactName.PLAYER_REGISTERED, player_id=player.pk, key="story", payload={}, now=NOON)
    reader = FactReader.objects.create(name="story", commit_order=5, fact_id=5)
    return {"outbox_fact": Fact.objects.get(key="story").pk, "outbox_reader": reader.pk}
