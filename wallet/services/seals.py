"""Sealing: settled rows become the next signed block of the chain. Bets never wait for it (ADR 0006)."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.db import connection, transaction

from compliance.audit.enums import Outcome
from compliance.audit.names import EventName
from compliance.audit.selectors.events import newest_event
from compliance.audit.services.events import audit_record
from wallet.models import Seal
from wallet.sealing.blocks import GENESIS, BlockHeader, content_of
from wallet.sealing.keys import SealKey, seal_key_create
from wallet.sealing.kinds import sealed_kinds
from wallet.selectors.seals import boundary_after, last_seal, rows_from_the_future, sealed_rows, settled_horizon

BLOCK_ROWS: Final = 50_000
STOPPED_AGAIN_AFTER: Final = timedelta(hours=1)
_SEAL_LOCK: Final = 7_203_002

_STORE_HOUSE_BALANCES: Final = """
    INSERT INTO wallet_housebalance (account_id, seal_id, balance, base_balance, through_order)
    SELECT m.account_id, %(number)s, coalesce(p.balance, 0) + m.amount, coalesce(p.base_balance, 0) + m.base, %(high)s
    FROM (
        SELECT e.account_id, sum(e.amount) AS amount, sum(e.base_amount) AS base
        FROM wallet_transaction t
        CROSS JOIN LATERAL (SELECT * FROM wallet_entry x WHERE x.transaction_id = t.id OFFSET 0) e
        WHERE t.commit_order >= %(low)s AND t.commit_order < %(high)s AND e.account_version IS NULL
        GROUP BY e.account_id
    ) m
    LEFT JOIN LATERAL (
        SELECT h.balance, h.base_balance FROM wallet_housebalance h
        WHERE h.account_id = m.account_id ORDER BY h.seal_id DESC LIMIT 1
    ) p ON true
    ORDER BY m.account_id
"""


class SealingRefused(Exception):  # noqa: N818 - a refusal with one line for a person
    """The chain can not be continued now; the message says what to do."""


class SealerBusy(SealingRefused):
    """Another sealer is at work; what waits is in good hands."""


@transaction.atomic
def seal_key_make(*, path: Path, actor: str, now: datetime) -> SealKey:
    """Make the key that signs from now on, and record whose public half it is. Raises SealKeyError."""
    key = seal_key_create(path)
    audit_record(
        name=EventName.SEAL_KEY_MADE, actor=actor, now=now, subject=f"wallet.sealkey:{key.id}",
        after={"key_id": key.id, "public_key": key.public.hex()},
    )  # fmt: skip
    return key


def sealing_stopped(*, reason: str, actor: str, now: datetime) -> None:
    """Record that the chain is not being continued; once an hour while it lasts, however often it is tried."""
    earlier = newest_event(EventName.SEALING_STOPPED)
    if earlier is None or now - earlier > STOPPED_AGAIN_AFTER:
        audit_record(
            name=EventName.SEALING_STOPPED, actor=actor, now=now, subject="wallet.ledger:all", reason=reason,
            outcome=Outcome.FAILED,
        )  # fmt: skip


@transaction.atomic
def seal_next(*, key: SealKey, now: datetime, limit: int = BLOCK_ROWS) -> Seal | None:
    """Seal the next block of settled rows, at most `limit` of them, and store the house balances behind it.

    Returns None when nothing settled waits. Raises SealerBusy while another one works, and SealingRefused when the
    cluster was changed under the database.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_SEAL_LOCK])
        if cursor.fetchone() != (True,):
            raise SealerBusy("Another process is sealing.")
    last = last_seal()
    settled = settled_horizon()
    kinds = sealed_kinds()
    low = last.to_order if last else 0
    if low > settled or rows_from_the_future(kinds):
        raise SealingRefused(
            "The rows carry transaction numbers that this PostgreSQL has not reached, as after restoring a dump:"
            " run `manage.py rebase_commit_order` before anything is booked."
        )
    high = boundary_after(low, settled, kinds, limit=limit)
    if high is None:
        return None
    content = content_of(row.line for row in sealed_rows(low, high, kinds))
    header = BlockHeader(
        number=last.number + 1 if last else 1,
        from_order=low,
        to_order=high,
        kinds=kinds,
        row_count=content.row_count,
        content_hash=content.sha256,
        previous_hash=bytes(last.block_hash) if last else GENESIS,
        key_id=key.id,
        sealed_at=now,
    )
    return _store(header, key)


def _store(header: BlockHeader, key: SealKey) -> Seal:
    block_hash = header.block_hash()
    seal = Seal.objects.create(
        number=header.number,
        from_order=header.from_order,
        to_order=header.to_order,
        kinds=",".join(header.kinds),
        row_count=header.row_count,
        content_hash=header.content_hash,
        previous_hash=header.previous_hash,
        block_hash=block_hash,
        signature=key.sign(block_hash),
        key_id=header.key_id,
        sealed_at=header.sealed_at,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            _STORE_HOUSE_BALANCES, {"number": seal.number, "low": header.from_order, "high": header.to_order}
        )
    return seal
