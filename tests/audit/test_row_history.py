"""Every change of a tracked row is kept: by the ORM, in bulk and by raw SQL, with who did it."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection

from compliance.audit.context import surrounded
from compliance.audit.history import histories
from compliance.audit.types import Facts
from players.models import Player
from tests.factories import player_make

pytestmark = pytest.mark.django_db
FACTS = Facts(actor="staff:7", roles=("support",), ip="192.0.2.1", request_id="r-1", session="s")


def kept(player: Player) -> list[tuple[str, str]]:
    rows = apps.get_model("players", "PlayerHistory").objects.filter(id=player.pk).order_by("pgh_id")
    return [(row.pgh_label, row.status) for row in rows]


def test_histories_are_known() -> None:
    assert "players_playerhistory" in {history.rows._meta.db_table for history in histories()}


def test_an_insert_and_an_update_are_kept_with_their_facts() -> None:
    with surrounded(FACTS):
        player = player_make("Alice", balance="0")
        player.status = "blocked"
        player.save(update_fields=["status"])
    assert kept(player) == [("insert", "active"), ("update", "blocked")]
    row = apps.get_model("players", "PlayerHistory").objects.latest("pgh_id")
    assert row.pgh_context == FACTS.as_json()


def test_bulk_updates_and_raw_sql_are_kept() -> None:
    alice, bob = player_make("Alice", balance="0"), player_make("Bob", balance="0")
    with surrounded(FACTS):
        Player.objects.update(status="blocked")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE players_player SET status = 'closed' WHERE nickname LIKE 'B%'")
            cursor.executemany(
                "UPDATE players_player SET country = %s WHERE id = %s", [("FR", alice.pk), ("SE", bob.pk)]
            )
    assert kept(alice) == [("insert", "active"), ("update", "blocked"), ("update", "blocked")]
    assert [status for _label, status in kept(bob)] == ["active", "blocked", "closed", "closed"]
