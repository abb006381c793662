"""Raising the commit orders to come above every stored one, after a dump was restored into another cluster.

Commit orders are transaction numbers of the cluster plus a constant (common/migrations/sql/0001). A new cluster
counts from its own start: until the constant is raised, new rows would fall below sealed ranges.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from psycopg import sql

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from wallet.sealing.kinds import sealed_kinds
from wallet.selectors.seals import last_seal, rows_from_the_future, settled_horizon


@dataclass(frozen=True, slots=True)
class Rebased:
    """The constant added to transaction numbers, before and after; equal when nothing had to be done."""

    before: int
    after: int


@transaction.atomic
def commit_order_rebase(*, actor: str, now: datetime) -> Rebased:
    """Redefine commit_order() and its horizon with a constant above every stored row; only if rows ask for it.

    Needs the login that owns the functions. Writers wait meanwhile: a row with the old constant would be lost to
    sealing.
    """
    tables = _ordered_tables()
    with connection.cursor() as cursor:
        names = sql.SQL(", ").join(sql.Identifier(table) for table in tables)
        cursor.execute(sql.SQL("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE").format(names))
        cursor.execute(
            "SELECT pg_snapshot_xmin(s)::text::bigint, commit_order_horizon() - pg_snapshot_xmin(s)::text::bigint"
            " FROM pg_current_snapshot() s"
        )
        number, before = cursor.fetchone() or (0, 0)
        last = last_seal()
        sealed = last.to_order if last else 0
        if sealed <= settled_horizon() and not rows_from_the_future(sealed_kinds()):
            return Rebased(before, before)
        tops = sql.SQL(", ").join(
            sql.SQL("(SELECT max(commit_order) FROM {})").format(sql.Identifier(table)) for table in tables
        )
        cursor.execute(sql.SQL("SELECT greatest({}, {})").format(tops, sql.Literal(sealed)))
        (top,) = cursor.fetchone() or (0,)
        after = max(before, top + 1 - number)
        for name, body in (
            ("commit_order", "pg_current_xact_id()"),
            ("commit_order_horizon", "pg_snapshot_xmin(pg_current_snapshot())"),
        ):
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS bigint LANGUAGE sql STABLE PARALLEL RESTRICTED"
                f" AS 'SELECT {body}::text::bigint + {int(after)}'"
            )
    audit_record(
        name=EventName.COMMIT_ORDER_REBASED, actor=actor, now=now, subject="wallet.ledger:all",
        before={"added": before}, after={"added": after},
    )  # fmt: skip
    return Rebased(before, after)


def _ordered_tables() -> list[str]:
    """Every table with a commit order; transactions first, as every writer takes them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
            " WHERE a.attname = 'commit_order' AND NOT a.attisdropped AND c.relkind IN ('r', 'p')"
            " AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace"
            " ORDER BY c.relname <> 'wallet_transaction', c.relname"
        )
        return [row[0] for row in cursor.fetchall()]
