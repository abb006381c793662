"""The time line of an object tells what was done to it, and what was changed past the services."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.db import connection

from casino.games.enums import GameCategory
from casino.games.models import Game
from casino.games.services.games import GameTerms, game_edit
from compliance.audit.context import surrounded
from compliance.audit.names import EventName
from compliance.audit.selectors.timeline import timeline_of
from compliance.audit.services.events import audit_record
from compliance.audit.types import Facts
from compliance.staff.models import Role
from players.services.players import player_block, player_unblock
from tests.factories import NOON, game_make, player_make, provider_make

pytestmark = pytest.mark.django_db(transaction=True)


def lines(subject: str, player_id: int | None = None) -> list[tuple[str, str]]:
    return [(moment.title, moment.actor) for moment in timeline_of(subject=subject, player_id=player_id)]


def test_what_was_done_stands_newest_first_and_its_row_changes_are_told_once() -> None:
    alice = player_make("Alice", balance="0")
    player_block(player_id=alice.pk, actor="staff:7", now=NOON, reason="bot")
    player_unblock(player_id=alice.pk, actor="staff:8", now=NOON + timedelta(hours=1), reason="no bot")
    told = timeline_of(subject=f"players.player:{alice.pk}")
    assert [moment.title for moment in told] == ["player added", "players:player:unblocked", "players:player:blocked"]
    assert (told[1].before, told[1].after) == ({"status": "blocked"}, {"status": "active"})
    assert (told[1].actor, told[1].reason) == ("staff:8", "no bot")


def test_a_change_past_the_services_is_a_line_of_its_own() -> None:
    alice = player_make("Alice", balance="0")
    with surrounded(Facts(actor="command:shell")), connection.cursor() as cursor:
        cursor.execute("UPDATE players_player SET status = 'closed'")
    (newest, _opened) = timeline_of(subject=f"players.player:{alice.pk}")
    assert (newest.title, newest.actor, newest.event_id) == ("player changed", "command:shell", 0)
    assert (newest.before, newest.after) == ({"status": "active"}, {"status": "closed"})


def test_nobody_known_is_said_so() -> None:
    alice = player_make("Alice", balance="0")
    assert lines(f"players.player:{alice.pk}") == [("player added", "unknown")]


def test_a_player_s_line_holds_what_was_done_to_the_player_elsewhere() -> None:
    alice = player_make("Alice", balance="0")
    audit_record(name=EventName.HOLD_PLACED, actor="staff:7", now=NOON, subject="wallet.hold:5", player_id=alice.pk)
    assert ("wallet:hold:placed", "staff:7") in lines(f"players.player:{alice.pk}", alice.pk)
    assert ("wallet:hold:placed", "staff:7") not in lines(f"players.player:{alice.pk}")


def test_as_of_leaves_out_what_came_later() -> None:
    alice = player_make("Alice", balance="0")
    player_block(player_id=alice.pk, actor="staff:7", now=NOON, reason="bot")
    subject = f"players.player:{alice.pk}"
    assert timeline_of(subject=subject, until=NOON - timedelta(seconds=1)) == []
    assert [moment.title for moment in timeline_of(subject=subject, until=NOON)] == ["players:player:blocked"]


def test_the_line_is_bounded() -> None:
    for number in range(12):
        audit_record(name=EventName.TAG_PUT, actor=f"staff:{number}", now=NOON, subject="players.player:1")
    assert lines("players.player:1")[0] == ("players:tag:put", "staff:11")
    assert len(timeline_of(subject="players.player:1", limit=5)) == 5


@pytest.mark.parametrize(
    "subject", ["", "nonsense", "players.player:x", "players.player:1; DROP TABLE x", "a.b:9" * 30]
)
def test_a_subject_that_names_nothing_has_no_line(subject: str) -> None:
    assert timeline_of(subject=subject) == []


def test_edited_terms_are_shown_side_by_side() -> None:
    game = game_make(provider_make())
    terms = GameTerms(
        name="Slot", category=GameCategory.SLOT, theoretical_rtp=Decimal("96.5"), min_stake=None, max_stake=Decimal(20),
        enabled=True, real_enabled=True, demo_enabled=True, blocked_countries=["FR"], blocked_brands=[],
    )  # fmt: skip
    game_edit(game_id=game.pk, terms=terms, actor="staff:7", now=NOON)
    Game.objects.filter(pk=game.pk).update(max_stake=Decimal("25.50"))
    past, edited = [moment for moment in timeline_of(subject=f"games.game:{game.pk}") if moment.before]
    assert edited.before == {"blocked_countries": [], "max_stake": None, "theoretical_rtp": "96"}
    assert edited.after == {"blocked_countries": ["FR"], "max_stake": "20", "theoretical_rtp": "96.5"}
    assert (past.title, past.before, past.after) == ("game changed", {"max_stake": "20"}, {"max_stake": "25.5"})


def test_a_role_s_line_tells_of_its_permissions() -> None:
    role = Role.objects.get(code="support")
    permission = Permission.objects.get(codename="export_audit")
    with surrounded(Facts(actor="staff:7")):
        role.permissions.add(permission)
        role.permissions.remove(permission)
    removed, added = timeline_of(subject=f"staff.role:{role.pk}", limit=2)
    assert (added.title.split()[-1], removed.title.split()[-1]) == ("added", "deleted")
    assert added.after is not None
    assert added.after["permission_id"] == permission.pk
    assert added.actor == "staff:7"
