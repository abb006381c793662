"""The trail stands in the ledger's chain, and whoever changes it past every guard is found out."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command

from common.clock import utc_now
from compliance.audit.context import surrounded
from compliance.audit.models import AuditEvent
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.audit.types import Facts
from players.services.players import player_block
from tests.factories import NOON, game_make, jackpot_make, player_make, provider_make
from tests.wallet.sealing.sealer import seal_key
from wallet.models import Seal
from wallet.sealing import standalone_verifier
from wallet.sealing.keys import SealKey
from wallet.services.seals import seal_next

__all__ = ["seal_key"]
pytestmark = pytest.mark.django_db(transaction=True)
Owner = psycopg.Connection[Any]
PAST_EVERY_GUARD = b"SET session_replication_role = replica"


def sealed_trail(key: SealKey) -> None:
    """Alice is blocked by Carol, and everything is sealed."""
    alice = player_make("Alice", balance="0")
    jackpot_make(game_make(provider_make()), seed="0")
    with surrounded(Facts(actor="staff:7", roles=("support",), ip="192.0.2.1", request_id="r-1")):
        player_block(player_id=alice.pk, actor="staff:7", now=NOON, reason="bot — “quoted”\nsecond line")
    ends = time.monotonic() + 60
    while AuditEvent.objects.filter(commit_order__gte=head()).exists():
        assert time.monotonic() < ends, "a transaction of this server runs for too long to seal behind it"
        if seal_next(key=key, now=utc_now()) is None:
            time.sleep(0.05)


def head() -> int:
    last = Seal.objects.order_by("-number").first()
    return last.to_order if last else 0


def exported(folder: Path, key: SealKey) -> tuple[int, str]:
    """The stand-alone verifier's exit code and words about a fresh export."""
    call_command("export_ledger", "--to", str(folder))
    command = [sys.executable, str(standalone_verifier()), str(folder), "--public-key", key.public.hex()]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def lines_of(folder: Path) -> list[dict[str, Any]]:
    texts = [path.read_text(encoding="utf-8") for path in sorted((folder / "blocks").iterdir())]
    return [json.loads(line) for text in texts for line in text.split("\n") if line]


def broken_promise() -> str:
    with pytest.raises(CommandError) as raised:
        call_command("verify_ledger")
    return str(raised.value)


def test_events_and_histories_are_sealed_exported_and_verified_by_python_alone(
    seal_key: SealKey, tmp_path: Path
) -> None:
    sealed_trail(seal_key)
    code, words = exported(tmp_path / "out", seal_key)
    assert (code, words[:2]) == (0, "OK")
    lines = lines_of(tmp_path / "out")
    event = next(line for line in lines if line["kind"] == "audit")
    assert event["name"] == "players:player:blocked"
    assert event["before"] == {"status": "active"}
    assert event["reason"] == "bot — “quoted”\nsecond line"
    assert event["ip"] == "192.0.2.1"
    assert event["occurred_at"] == "2026-03-02T12:00:00.000000Z"
    kept = [line for line in lines if line["id"].startswith("players_playerhistory:")]
    assert {line["kind"] for line in kept} == {"history"}
    changed = next(line for line in kept if line["pgh_label"] == "update")
    assert (changed["status"], json.loads(changed["pgh_context"])["actor"]) == ("blocked", "staff:7")
    pot = next(line for line in lines if line["id"].startswith("jackpots_jackpothistory:"))
    assert pot["seed"] == "0"
    call_command("verify_ledger")


@pytest.mark.parametrize(
    "tampering",
    [
        b"UPDATE audit_auditevent SET reason = 'nothing'",
        b"UPDATE audit_auditevent SET actor = 'staff:8'",
        b"UPDATE audit_auditevent SET recorded_at = recorded_at - interval '1 us'",
        b"UPDATE audit_auditevent SET before = NULL",
        b"DELETE FROM audit_auditevent",
        b"UPDATE players_playerhistory SET pgh_context = NULL WHERE pgh_label = 'update'",
        b"DELETE FROM players_brandhistory",
        b"INSERT INTO audit_auditevent (name, severity, significant, occurred_at, actor, roles, on_behalf_of, subject,"
        b" reason, outcome, request_id, session, approval, commit_order) SELECT name, severity, significant,"
        b" occurred_at, actor, roles, on_behalf_of, subject, reason, outcome, request_id, session, approval,"
        b" commit_order FROM audit_auditevent LIMIT 1",
    ],
)
def test_what_was_changed_after_sealing_is_found_by_both_verifiers(
    tampering: bytes, seal_key: SealKey, tmp_path: Path, owner_connection: Owner
) -> None:
    sealed_trail(seal_key)
    owner_connection.execute(PAST_EVERY_GUARD)
    owner_connection.execute(tampering)
    assert "Broken promise" in broken_promise()
    code, words = exported(tmp_path / "out", seal_key)
    assert (code, words[:12]) == (1, "BROKEN block")


def test_a_row_changed_past_its_triggers_breaks_its_promise(owner_connection: Owner) -> None:
    alice = player_make("Alice", balance="0")
    call_command("verify_ledger")
    owner_connection.execute(PAST_EVERY_GUARD)
    owner_connection.execute(b"UPDATE players_player SET status = 'closed'")
    assert broken_promise() == (
        f"Broken promise rows_are_as_their_history_tells: players_player {alice.pk}: expected its last history tells"
        " it as it stands, found another row."
    )


def test_a_row_taken_out_past_its_triggers_breaks_its_promise(owner_connection: Owner) -> None:
    game = game_make(provider_make())
    owner_connection.execute(PAST_EVERY_GUARD)
    owner_connection.execute(b"DELETE FROM games_game")
    assert f"games_game {game.pk}: expected its deletion in its history" in broken_promise()


def test_a_row_put_in_past_its_triggers_breaks_its_promise(owner_connection: Owner) -> None:
    alice = player_make("Alice", balance="0")
    owner_connection.execute(PAST_EVERY_GUARD)
    owner_connection.execute(b"DELETE FROM players_playerhistory")
    assert f"players_player {alice.pk}: expected its last history" in broken_promise()
    assert "found no history" in broken_promise()


def test_a_made_up_name_breaks_its_promise(owner_connection: Owner) -> None:
    audit_record(name=EventName.PLAYER_BLOCKED, actor="staff:7", now=NOON, subject="players.player:1")
    owner_connection.execute(PAST_EVERY_GUARD)
    owner_connection.execute(b"UPDATE audit_auditevent SET name = 'players:player:praised'")
    assert "Broken promise audit_names_are_known" in broken_promise()


def test_what_came_after_a_seal_is_verified_alone(seal_key: SealKey, owner_connection: Owner) -> None:
    sealed_trail(seal_key)
    bob = player_make("Bob", balance="0")
    number = Seal.objects.order_by("-number")[0].number
    call_command("verify_ledger", since_seal=number)
    owner_connection.execute(PAST_EVERY_GUARD)
    owner_connection.execute(b"UPDATE players_player SET status = 'closed' WHERE nickname = 'Bob'")
    with pytest.raises(CommandError, match=f"players_player {bob.pk}"):
        call_command("verify_ledger", since_seal=number)
