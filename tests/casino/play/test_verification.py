"""What play promises to verify_ledger can be broken: each break is planted as the tables' owner, and is named."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command

from casino.play.enums import WinKind
from casino.play.models import Leg, Round
from casino.play.verification import PROMISES
from tests.casino.play.table import Table, seat
from tests.factories import game_make, jackpot_make, provider_make
from tests.wallet.sealing.sealer import seal_everything, seal_key
from wallet.sealing.keys import SealKey
from wallet.verification.registry import promises

__all__ = ["seal_key"]

Owner = psycopg.Connection[Any]
TABLES = ("play_leg", "play_round", "wallet_recordedanswer", "wallet_transaction", "wallet_entry")
PLANTS: dict[str, tuple[str, str]] = {
    "a leg was deleted": ("answers_have_their_legs", "DELETE FROM play_leg WHERE provider_transaction_id = 'loss'"),
    "a leg became another call": (
        "answers_have_their_legs",
        "UPDATE play_leg SET kind = 'win' WHERE provider_transaction_id = 'bet'",
    ),
    "a leg's amount was changed": (
        "answers_have_their_legs",
        "UPDATE play_leg SET real = real + 1 WHERE provider_transaction_id = 'bet'",
    ),
    "a leg went to another player": (
        "answers_have_their_legs",
        "UPDATE play_leg SET player_id = %(bob)s WHERE provider_transaction_id = 'bet'",
    ),
    "a leg was written without a call": (
        "legs_are_answered",
        "INSERT INTO play_leg (id, kind, round_id, player_id, provider_id, provider_transaction_id, win_kind,"
        " free_round, real, bonus, contribution, booked_at) SELECT gen_random_uuid(), 'bet', round_id, player_id,"
        " provider_id, 'invented', '', '', 0, 0, 0, now() FROM play_leg WHERE provider_transaction_id = 'bet'",
    ),
    "money moved for a leg of nothing": (
        "legs_move_their_money",
        "UPDATE play_leg SET real = 0, free_round = 'f' WHERE provider_transaction_id = 'bet'",
    ),
    "a rollback took the wrong way": (
        "legs_move_their_money",
        "UPDATE play_leg SET related_id = (SELECT id FROM play_leg WHERE provider_transaction_id = 'win')"
        " WHERE provider_transaction_id = 'undo'",
    ),
    "a reversal was forgotten": (
        "reversals_pair_up",
        "UPDATE play_leg SET reversed_by_id = NULL WHERE provider_transaction_id = 'undone'",
    ),
    "a leg was marked reversed": (
        "reversals_pair_up",
        "UPDATE play_leg SET reversed_by_id = gen_random_uuid() WHERE provider_transaction_id = 'bet'",
    ),
    "a jackpot win was marked reversed": (
        "reversals_pair_up",
        "UPDATE play_leg SET reversed_by_id = (SELECT id FROM play_leg WHERE provider_transaction_id = 'undo')"
        " WHERE provider_transaction_id = 'jackpot'",
    ),
    "a leg lost its round": (
        "rounds_have_one_player",
        "UPDATE play_leg SET round_id = NULL WHERE provider_transaction_id = 'bet'",
    ),
    "a leg moved into another player's round": (
        "rounds_have_one_player",
        "UPDATE play_leg SET round_id = (SELECT id FROM play_round WHERE player_id = %(bob)s)"
        " WHERE provider_transaction_id = 'bet'",
    ),
    "a round was closed at no time": (
        "play_is_well_formed",
        "UPDATE play_round SET state = 'closed', closed_at = NULL",
    ),
    "an open round has an end": ("play_is_well_formed", "UPDATE play_round SET closed_at = now() WHERE state = 'open'"),
    "a leg feeds the pool backwards": (
        "play_is_well_formed",
        "UPDATE play_leg SET contribution = -1 WHERE provider_transaction_id = 'bet'",
    ),
    "a round's stakes were changed": ("rounds_add_up", "UPDATE play_round SET staked = staked + 1"),
    "a round's wins were changed": ("rounds_add_up", "UPDATE play_round SET won = won - 1"),
    "a round's live bets were changed": ("rounds_add_up", "UPDATE play_round SET live_bets = live_bets + 1"),
    "a round's live wins were changed": ("rounds_add_up", "UPDATE play_round SET live_wins = 0 WHERE live_wins > 0"),
    "a round's dead bets were changed": ("rounds_add_up", "UPDATE play_round SET dead_bets = 7"),
}


@pytest.fixture
def tables(transactional_db: None) -> tuple[Table, Table]:
    """Alice and Bob at one game, after every kind of call."""
    game = game_make(provider_make())
    jackpot_make(game)
    alice, bob = seat(game), seat(game, "Bob")
    alice.bet("10", call_id="bet", contribution="1")
    alice.bet("5", "r2", call_id="undone")
    alice.rollback("undone", call_id="undo")
    alice.rollback("undone", call_id="undo again")
    alice.rollback("never came")
    alice.win("4", call_id="win")
    alice.win("0", call_id="loss")
    alice.win("3", call_id="mistake")
    alice.rollback("mistake")
    alice.win("2", kind=WinKind.PROMO)
    alice.bet("1", "free", free_round="f1")
    alice.jackpot("50", call_id="jackpot", closes=True)
    bob.bet("500")
    bob.bet("7", "r1")
    return alice, bob


def plant(owner: Owner, statement: str, names: dict[str, object]) -> None:
    """Change what was booked as only the owner can: with the triggers off."""
    with owner.transaction():
        for table in TABLES:
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER".encode())
        assert owner.execute(statement.encode(), names).rowcount >= 1
        for table in TABLES:
            owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER".encode())


def test_honest_play_keeps_every_promise(tables: tuple[Table, Table], capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_ledger")
    assert "BROKEN" not in capsys.readouterr().out
    assert set(PROMISES) <= set(promises())


def test_play_is_proved_since_a_seal_too(
    tables: tuple[Table, Table], seal_key: SealKey, owner_connection: Owner, capsys: pytest.CaptureFixture[str]
) -> None:
    before = seal_everything(seal_key)[-1].number
    tables[0].bet("1", "r9", call_id="later")
    call_command("verify_ledger", since_seal=before)
    assert "BROKEN" not in capsys.readouterr().out
    plant(owner_connection, "UPDATE play_round SET staked = 2 WHERE reference = 'r9'", {})
    with pytest.raises(CommandError, match="rounds_add_up"):
        call_command("verify_ledger", since_seal=before)


@pytest.mark.parametrize("what", PLANTS)
def test_the_broken_promise_is_named_when(
    what: str, tables: tuple[Table, Table], owner_connection: Owner, capsys: pytest.CaptureFixture[str]
) -> None:
    promise, statement = PLANTS[what]
    plant(owner_connection, statement, {"bob": tables[1].player.pk})
    with pytest.raises(CommandError) as raised:
        call_command("verify_ledger")
    assert str(raised.value).startswith(f"Broken promise {promise}: ")
    assert capsys.readouterr().out.count("BROKEN") == 1


def test_every_promise_of_play_was_broken_once() -> None:
    assert {promise for promise, _statement in PLANTS.values()} == {promise.name for promise in PROMISES}


def test_the_story_has_reversed_and_promotional_legs(tables: tuple[Table, Table]) -> None:
    assert Leg.objects.filter(reversed_by__isnull=False).count() == 2
    assert Round.objects.get(reference="r1", player=tables[0].player).live_wins == 3
