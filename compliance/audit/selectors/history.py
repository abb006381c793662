"""What row history tells of an object: each change of its rows, with what was there before."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.db import connection, models

from common.money import decimal_text
from compliance.audit.history import History, histories
from compliance.audit.types import Json

ENCRYPTED: Final = "(encrypted)"
_VERBS: Final = {"insert": "added", "update": "changed", "delete": "deleted", "baseline": "there before its history"}
_CHANGES: Final = """
    SELECT h.pgh_id, h.pgh_label, h.pgh_created_at, h.pgh_context::text, h.commit_order, to_jsonb(h)::text,
           (SELECT to_jsonb(p)::text FROM {table} p WHERE p."{owner}" = h."{owner}" AND p."{key}" = h."{key}"
               AND p.pgh_id < h.pgh_id ORDER BY p.pgh_id DESC LIMIT 1)
    FROM {table} h WHERE h."{owner}" = %s AND (%s::timestamptz IS NULL OR h.pgh_created_at <= %s)
    ORDER BY h.pgh_id DESC LIMIT %s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChange:
    """One change of one row; `before` and `after` hold the columns that changed."""

    at: datetime
    commit_order: int
    row: str
    title: str
    context: Mapping[str, Any]
    before: dict[str, Json] | None
    after: dict[str, Json] | None


def row_changes(*, subject: str, until: datetime | None, limit: int) -> list[RowChange]:
    """The newest changes of an object ("players.player:12") and of what is part of it, newest first in each table."""
    label, _, key = subject.partition(":")
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return []
    return [
        change
        for kept in histories()
        if kept.of == label
        for change in _changes(kept, int(key), until=until, limit=limit)
    ]


def _changes(kept: History, owner: int, *, until: datetime | None, limit: int) -> list[RowChange]:
    query = _CHANGES.format(table=kept.table, owner=kept.owner, key=kept.key)
    with connection.cursor() as cursor:
        cursor.execute(query, [owner, until, until, limit])
        return [_change(kept, row) for row in cursor.fetchall()]


def _change(kept: History, row: tuple[Any, ...]) -> RowChange:
    _number, label, at, context, order, now, earlier = row
    after, before = _columns(kept, now), _columns(kept, earlier)
    if label == "delete":
        before, after = after, {}
    changed = [name for name in kept.columns if before.get(name) != after.get(name)]
    noun = str(kept.tracked._meta.verbose_name)
    told: dict[str, Any] = json.loads(context) if context else {}
    return RowChange(
        at=at,
        commit_order=order,
        row=f"{kept.tracked._meta.label_lower}:{(after or before)[kept.key]}",
        title=f"{noun} {_VERBS.get(label, label)}",
        context=told,
        before=_shown(kept, before, changed) if label in {"update", "delete"} else None,
        after=_shown(kept, after, changed) if label != "delete" else None,
    )


def _columns(kept: History, text: str | None) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(text, parse_float=_amount) if text else {}
    return {name: whole.get(name) for name in kept.columns} if whole else {}


def _amount(digits: str) -> str:
    return decimal_text(Decimal(digits))


def _shown(kept: History, row: Mapping[str, Any], changed: list[str]) -> dict[str, Json]:
    """The changed columns as a person may read them: nothing of what is encrypted."""
    secret = {str(field.column) for field in kept.rows._meta.fields if isinstance(field, models.BinaryField)}
    return {name: ENCRYPTED if name in secret and row.get(name) is not None else row.get(name) for name in changed}
