"""The reads of the first screens walk indexes, whatever the tables hold."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models.functions import Lower

from players.models import Player

pytestmark = pytest.mark.django_db


def plan_of(sql: str, params: tuple[str, ...] = ()) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {sql}", params)
        return "\n".join(row[0] for row in cursor.fetchall())


def test_players_are_found_by_nickname_through_an_index() -> None:
    rows = Player.objects.annotate(small=Lower("nickname")).filter(small__startswith="ali").order_by()
    sql, params = rows.query.sql_with_params()
    assert "player_by_nickname" in plan_of(sql, tuple(str(value) for value in params))
