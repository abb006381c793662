"""Sealing on the real database: what is sealed, in what order, and what it waits for."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from common.clock import utc_now
from tests.database_roles import become_application, become_owner
from tests.wallet.ledger_books import Books
from tests.wallet.sealing.sealer import rows_waiting, seal_everything, seal_key
from wallet.models import Entry, HouseBalance, Seal, Transaction
from wallet.sealing.blocks import GENESIS
from wallet.sealing.keys import SealKey, signature_holds
from wallet.sealing.kinds import sealed_kinds
from wallet.selectors.house_balances import house_balance, house_sum
from wallet.selectors.seals import boundary_after, seal_header, sealed_rows, settled_horizon
from wallet.services.commit_order import commit_order_rebase
from wallet.services.seals import SealingRefused, seal_next

__all__ = ["seal_key"]
pytestmark = pytest.mark.django_db(transaction=True)
Owner = psycopg.Connection[Any]


def played() -> Books:
    books = Books()
    books.deposit("100")
    books.bet("10.005")
    books.win("25")
    books.refuse()
    return books


def test_blocks_chain_from_the_beginning_and_are_signed(seal_key: SealKey) -> None:
    played()
    seals = seal_everything(seal_key, limit=2)
    assert len(seals) >= 3
    assert (seals[0].number, seals[0].from_order, bytes(seals[0].previous_hash)) == (1, 0, GENESIS)
    for before, seal in pairwise(seals):
        assert seal.from_order == before.to_order
        assert bytes(seal.previous_hash) == bytes(before.block_hash)
    for seal in Seal.objects.all():
        assert seal_header(seal).block_hash() == bytes(seal.block_hash)
        assert signature_holds(seal_key.public, bytes(seal.signature), bytes(seal.block_hash))
    kinds = Counter(row.kind for row in sealed_rows(0, seals[-1].to_order, sealed_kinds()))
    assert (kinds["transaction"], kinds["answer"]) == (3, 3)
    assert sum(seal.row_count for seal in seals) == kinds.total()


def test_a_block_holds_every_row_once_in_order_with_its_entries(seal_key: SealKey) -> None:
    books = played()
    seal = seal_everything(seal_key)[-1]
    rows = list(sealed_rows(0, seal.to_order, sealed_kinds()))
    assert rows == sorted(rows)
    lines = [json.loads(row.line) for row in rows]
    bet = next(line for line in lines if line["kind"] == "transaction" and line["type"] == "bet")
    assert [entry["amount"] for entry in bet["entries"]] == ["-10.005", "10.005"]
    assert bet["entries"][0] | {"booked_at": ""} == {
        "line": 1, "account": books.real, "currency": "EUR", "amount": "-10.005", "base": "-10.005",
        "balance": "89.995", "version": 2, "booked_at": "",
    }  # fmt: skip
    assert [row.line for row in rows] == [
        json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() for line in lines
    ]
    if Seal.objects.count() == 1:
        whole = b"".join(row.line + b"\n" for row in rows)
        assert hashlib.sha256(whole).digest() == bytes(seal.content_hash)


def test_rows_behind_a_running_transaction_wait(seal_key: SealKey, owner_connection: Owner) -> None:
    seal_everything(seal_key)  # what migrations wrote
    with owner_connection.transaction():
        owner_connection.execute("SELECT pg_current_xact_id()")
        played()
        assert seal_next(key=seal_key, now=utc_now()) is None
        assert rows_waiting()
    seal_everything(seal_key)
    assert not rows_waiting()


def test_only_one_sealer_works_at_a_time(seal_key: SealKey, owner_connection: Owner) -> None:
    played()
    with owner_connection.transaction():
        owner_connection.execute("SELECT pg_advisory_xact_lock(7203002)")
        with pytest.raises(SealingRefused, match="Another process is sealing"):
            seal_next(key=seal_key, now=utc_now())


def test_blocks_end_between_commit_orders_and_one_large_order_is_a_block_of_its_own(seal_key: SealKey) -> None:
    played()
    orders = sorted({row.order for row in sealed_rows(0, 2**62, sealed_kinds())})
    counts = {order: len(list(sealed_rows(order, order + 1, sealed_kinds()))) for order in orders}
    bet = next(order for order, count in counts.items() if count == 2)  # the transaction and its answer
    assert boundary_after(bet, bet + 1000, sealed_kinds(), limit=1) == bet + 1
    assert boundary_after(bet, bet + 1000, sealed_kinds(), limit=2) == orders[orders.index(bet) + 1]
    assert boundary_after(orders[-1] + 1, orders[-1] + 10, sealed_kinds(), limit=2) is None
    assert boundary_after(0, orders[-1] + 10, sealed_kinds(), limit=sum(counts.values())) == orders[-1] + 10


def test_house_balances_are_kept_with_each_seal_and_added_up_since(seal_key: SealKey) -> None:
    books = played()
    assert house_balance(books.gaming) == sum(e.amount for e in Entry.objects.filter(account_id=books.gaming))
    seal_everything(seal_key, limit=2)
    snapshots = HouseBalance.objects.filter(account_id=books.gaming)
    assert snapshots.count() >= 1
    assert house_balance(books.gaming) == snapshots.order_by("-seal_id")[0].balance
    books.bet("1.5")
    assert house_balance(books.gaming) == snapshots.order_by("-seal_id")[0].balance + Decimal("1.5")
    seal_everything(seal_key)
    assert house_sum(books.gaming).base_balance == house_balance(books.gaming)
    assert house_balance(books.clearing) == -100
    assert house_balance(10**9) == 0


def test_nothing_new_makes_no_seal(seal_key: SealKey) -> None:
    played()
    seal_everything(seal_key)
    count = Seal.objects.count()
    assert seal_next(key=seal_key, now=utc_now()) is None
    assert Seal.objects.count() == count


def test_without_a_key_the_command_says_how_to_make_one(settings: LazySettings, tmp_path: Path) -> None:
    settings.SEAL_KEY_FILE = str(tmp_path / "none.key")
    with pytest.raises(CommandError, match=r"run `manage\.py seal_ledger --create-key`"):
        call_command("seal_ledger")


def test_rows_of_another_cluster_stop_sealing_until_rebased(seal_key: SealKey, owner_connection: Owner) -> None:
    played()
    seal_everything(seal_key)
    far = settled_horizon() + 1_000_000_000
    source = owner_connection.execute("SELECT prosrc FROM pg_proc WHERE proname = 'commit_order'").fetchone()
    horizon = owner_connection.execute("SELECT prosrc FROM pg_proc WHERE proname = 'commit_order_horizon'").fetchone()
    assert source is not None
    assert horizon is not None
    restored = "UPDATE wallet_transaction SET commit_order = %s WHERE id = %s"
    owner_connection.execute("SET session_replication_role = replica")
    owner_connection.execute(restored, [far, Transaction.objects.order_by("-commit_order")[0].pk])
    try:
        with pytest.raises(SealingRefused, match=r"run `manage\.py rebase_commit_order`"):
            seal_next(key=seal_key, now=utc_now())
        become_owner()
        rebased = commit_order_rebase()
        again = commit_order_rebase()
        become_application()
        assert rebased.after > rebased.before
        assert again.before == again.after == rebased.after
        booked = Books().deposit("5")
        assert Transaction.objects.get(pk=booked).commit_order > far
        seal_everything(seal_key)
        assert not rows_waiting()
    finally:
        for name, body in (("commit_order", source[0]), ("commit_order_horizon", horizon[0])):
            owner_connection.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS bigint LANGUAGE sql STABLE PARALLEL RESTRICTED"
                f" AS '{body}'".encode()
            )
