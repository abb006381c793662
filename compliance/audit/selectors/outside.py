"""Changes of tracked rows that no event of their transaction tells of: made by SQL, a shell, or a program of others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from django.db import connection

from compliance.audit.history import History, histories
from compliance.audit.selectors.history import RowChange, row_change

MOST_PER_TABLE: Final = 1_000
# Test players come and go with every certification run; what opens an account is no change of one.
_UNTOLD: Final = """
    SELECT h.pgh_id, h.pgh_label, h.pgh_created_at, h.pgh_context::text, h.commit_order, to_jsonb(h)::text,
           (SELECT to_jsonb(p)::text FROM {table} p WHERE p."{owner}" = h."{owner}" AND p."{key}" = h."{key}"
               AND p.pgh_id < h.pgh_id ORDER BY p.pgh_id DESC LIMIT 1)
    FROM {table} h
    WHERE h.commit_order >= %s AND h.commit_order < %s AND h.pgh_label IN ('update', 'delete'){real}
      AND NOT EXISTS (SELECT FROM audit_auditevent e WHERE e.commit_order = h.commit_order)
    ORDER BY h.pgh_id LIMIT %s
"""


def changes_outside(low: int, high: int) -> Iterator[RowChange]:
    """Updates and deletions with low <= commit order < high without an event beside them.

    Of each table the first MOST_PER_TABLE, and one more that says that there were others: "players.player:*".
    """
    for kept in histories():
        yield from _of(kept, low, high)


def _of(kept: History, low: int, high: int) -> Iterator[RowChange]:
    real = " AND NOT h.is_test" if "is_test" in kept.columns else ""
    query = _UNTOLD.format(table=kept.table, owner=kept.owner, key=kept.key, real=real)
    with connection.cursor() as cursor:
        cursor.execute(query, [low, high, MOST_PER_TABLE + 1])
        found = [row_change(kept, row) for row in cursor.fetchall()]
    yield from found[:MOST_PER_TABLE]
    if len(found) > MOST_PER_TABLE:
        label, last = kept.tracked._meta.label_lower, found[MOST_PER_TABLE]
        title = f"{kept.tracked._meta.verbose_name}: more than {MOST_PER_TABLE} changes, the others in its history"
        yield replace(last, row=f"{label}:*", title=title, before=None, after={"from_order": low, "below_order": high})
