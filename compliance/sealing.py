"""The trail's sealed kinds: audit events and row history stand in the same chain as the ledger (wallet.sealing).

The stand-alone verifier proves them by their blocks. A history row is sealed as the texts of what is not NULL in it,
so that a column that is added later changes nothing sealed; a column of a history is never dropped.
"""

from __future__ import annotations

import json
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models

from compliance.audit.history import History, histories
from compliance.audit.models import AuditEvent
from wallet.sealing.canonical import Json
from wallet.sealing.kinds import SealedKind, sealed_kind_register

INSTANT: Final = """to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
BETWEEN: Final = "commit_order >= %(low)s AND commit_order < %(high)s"

EVENT_ROWS: Final = f"""
    SELECT commit_order, id::text, name, severity, significant, {INSTANT.format("occurred_at")},
           {INSTANT.format("recorded_at")}, actor, roles, on_behalf_of, brand_id, player_id, subject, before::text,
           after::text, reason, outcome, request_id, host(ip), session, approval
    FROM audit_auditevent WHERE {BETWEEN} ORDER BY commit_order, id::text COLLATE "C"
"""  # noqa: S608 - the only text put in is our own
_EVENT_FIELDS: Final = (
    "name", "severity", "significant", "occurred_at", "recorded_at", "actor", "roles", "on_behalf_of", "brand",
    "player", "subject", "before", "after", "reason", "outcome", "request", "ip", "session", "approval",
)  # fmt: skip


def event_json(row: tuple[Any, ...]) -> dict[str, Json]:
    """An audit event; `before` and `after` as they are kept."""
    fields: dict[str, Json] = dict(zip(_EVENT_FIELDS, row[2:], strict=True))
    for side in ("before", "after"):
        kept = fields[side]
        fields[side] = None if kept is None else json.loads(str(kept))
    return fields


def history_rows(kept: History) -> str:
    """The query of one history's rows: order, id, and the row as an object of texts."""
    table = kept.table
    fields = {str(field.column): field for field in kept.rows._meta.fields}
    sealed = sorted(fields.keys() - {"pgh_id", "commit_order"})
    names = ", ".join(f"'{column}'" for column in sealed)
    texts = ", ".join(_text_of(fields[column]) for column in sealed)
    return (
        f"SELECT commit_order, '{table}:' || pgh_id AS name,"  # noqa: S608 - names of our own tables and columns
        f" jsonb_strip_nulls(jsonb_object(ARRAY[{names}], ARRAY[{texts}]))::text AS fields"
        f" FROM {table} WHERE {BETWEEN}"
    )


def _text_of(field: models.Field[Any, Any]) -> str:
    column = f'"{field.column}"'
    match field:
        case models.DateTimeField():
            return INSTANT.format(column)
        case models.DateField():
            return f"to_char({column}, 'YYYY-MM-DD')"
        case models.DecimalField():
            return f"trim_scale({column})::text"
        case models.BinaryField():
            return f"encode({column}, 'hex')"
        case ArrayField():
            return f"to_jsonb({column})::text"
    return f"{column}::text"


def history_json(row: tuple[Any, ...]) -> dict[str, Json]:
    """A history row: every column that is not NULL, as canonical text."""
    fields: dict[str, Json] = json.loads(row[2])
    return fields


def trail_kinds_register() -> None:
    """Called from the app's ready(), when every app has declared its histories."""
    kept = histories()
    union = " UNION ALL ".join(history_rows(history) for history in kept)
    orders = " UNION ALL ".join(f"SELECT commit_order FROM {history.table}" for history in kept)  # noqa: S608 - ours
    rows = f'SELECT * FROM ({union}) h ORDER BY commit_order, name COLLATE "C"'  # noqa: S608 - ours
    sealed_kind_register(SealedKind("audit", AuditEvent._meta.db_table, EVENT_ROWS, event_json))
    sealed_kind_register(SealedKind("history", f"({orders}) histories", rows, history_json))
