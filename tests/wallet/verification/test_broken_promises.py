"""verify_ledger must be able to fail: each break is planted as the tables' owner, and exactly its promise is named."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from tests.wallet.ledger_books import NOON, Books
from tests.wallet.sealing.sealer import seal_everything, seal_key
from tests.wallet.verification.plants import PLANTS
from wallet.models import FxRate
from wallet.sealing.keys import SealKey, seal_key_create

__all__ = ["seal_key"]
Owner = psycopg.Connection[Any]
LEDGER = ("wallet_account", "wallet_transaction", "wallet_entry", "wallet_recordedanswer", "wallet_seal",
          "wallet_housebalance", "wallet_hold", "wallet_fxrate")  # fmt: skip


class Story:
    """What Alice did before somebody tampered with it."""

    def __init__(self, key: SealKey) -> None:
        self.books = Books()
        self.deposit = self.books.deposit("100")
        self.bet = self.books.bet("10.005")
        self.win = self.books.win("25")
        self.rollback = self.books.rollback_bet(self.books.bet("2"), "2")
        self.books.refuse()
        self.books.tombstone()
        self.books.release(self.books.hold("7"))
        self.books.hold("20")
        rate = FxRate.objects.create(
            currency="USD", units_per_base=Decimal("1.0705"), valid_on=NOON.date(), source="ECB",
            file_sha256="0" * 64, loaded_at=NOON,
        )  # fmt: skip
        self.dollars = Books("USD", rate.units_per_base, rate.pk)
        self.dollars.deposit("50")
        self.dollar_bet = self.dollars.bet("3.33")
        self.first_seals = seal_everything(key, limit=5)
        late_win = self.books.win("90")
        seal_everything(key)
        self.books.bet("178")
        self.books.rollback_win(late_win, "90", owed="83.005")
        seal_everything(key)

    @property
    def names(self) -> dict[str, object]:
        """What the plants name."""
        return {
            "deposit": self.deposit, "bet": self.bet, "win": self.win, "rollback": self.rollback,
            "dollar_bet": self.dollar_bet, "real": self.books.real, "held": self.books.held,
            "gaming": self.books.gaming, "dollar_player": self.dollars.player_id,
            "dollar_receivable": self.dollars.receivable,
        }  # fmt: skip


@pytest.fixture
def story(transactional_db: None, seal_key: SealKey) -> Story:
    return Story(seal_key)


def plant(owner: Owner, statement: str, names: dict[str, object]) -> None:
    """Change history as only the owner can: with the triggers off."""
    with owner.transaction():
        for table in LEDGER:
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER".encode())
        assert owner.execute(statement.encode(), names).rowcount >= 1
        owner.execute(b"SET CONSTRAINTS ALL IMMEDIATE")
        for table in LEDGER:
            owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER".encode())


def assert_named(promise: str, capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(CommandError) as raised:
        call_command("verify_ledger")
    assert raised.value.returncode == 1
    assert str(raised.value).startswith(f"Broken promise {promise}: ")
    assert "\n" not in str(raised.value)
    assert capsys.readouterr().out.count("BROKEN") == 1
    return str(raised.value)


def test_an_honest_ledger_keeps_all_its_promises(story: Story, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_ledger")
    said = capsys.readouterr().out
    assert "The ledger keeps its" in said
    assert "BROKEN" not in said


def test_an_honest_ledger_keeps_its_promises_since_a_seal(story: Story, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_ledger", since_seal=story.first_seals[-1].number)
    assert "since seal" in capsys.readouterr().out


@pytest.mark.parametrize("what", PLANTS)
def test_the_broken_promise_is_named_when(
    what: str, story: Story, owner_connection: Owner, capsys: pytest.CaptureFixture[str]
) -> None:
    promise, statement = PLANTS[what]
    plant(owner_connection, statement, story.names)
    assert_named(promise, capsys)


def test_a_key_that_the_house_does_not_know_is_named(
    story: Story, settings: LazySettings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.SEAL_KEY_FILE = str(tmp_path / "other.key")
    seal_key_create(tmp_path / "other.key")
    assert "a key of the house" in assert_named("seals_hold", capsys)


def test_a_fork_in_a_history_is_named(
    story: Story, owner_connection: Owner, capsys: pytest.CaptureFixture[str]
) -> None:
    index = owner_connection.execute("SELECT pg_get_indexdef('history_without_fork'::regclass)").fetchone()
    assert index is not None
    owner_connection.execute("DROP INDEX history_without_fork")
    try:
        plant(
            owner_connection,
            "UPDATE wallet_entry SET account_version = 3 WHERE account_id = %(real)s AND account_version = 4",
            story.names,
        )
        assert_named("histories_unbroken", capsys)
    finally:
        plant(owner_connection, "DELETE FROM wallet_entry", {})
        owner_connection.execute(index[0])


def test_since_a_seal_only_later_rows_are_proved(
    story: Story, owner_connection: Owner, capsys: pytest.CaptureFixture[str]
) -> None:
    sealed = story.first_seals[-1].number
    early = "UPDATE wallet_entry SET amount = amount + 1 WHERE transaction_id = %(bet)s AND line = 2"
    plant(owner_connection, early, story.names)
    call_command("verify_ledger", since_seal=sealed)
    late = (
        "UPDATE wallet_entry SET balance_after = balance_after + 1 WHERE account_id = %(real)s AND account_version = 10"
    )
    plant(owner_connection, late, story.names)
    with pytest.raises(CommandError, match=r"^Broken promise histories_unbroken: version 10 of account"):
        call_command("verify_ledger", since_seal=sealed)
    with pytest.raises(CommandError, match=r"There is no seal 4711\.$"):
        call_command("verify_ledger", since_seal=4711)
