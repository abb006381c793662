"""Rows of definitions are written by the approval of two people, and never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from reporting.definitions.models import DefinitionRow, DutyRow, FeeRow
from reporting.definitions.models.definition import DatedRow


@dataclass(frozen=True, slots=True)
class RowKind:
    """A table of dated rows: what tells a line of versions apart, what else a row holds, and which are numbers."""

    model: type[DatedRow]
    key: tuple[str, ...]
    fields: tuple[str, ...]
    numbers: frozenset[str] = frozenset()


ROWS: Final = {
    "definitions_definitionrow": RowKind(DefinitionRow, ("code",), ("title", "formula", "about")),
    "definitions_dutyrow": RowKind(DutyRow, ("jurisdiction", "tax"), ("title", "rate", "base"), frozenset({"rate"})),
    "definitions_feerow": RowKind(
        FeeRow, ("provider_id",), ("basis", "percentage", "tiers", "minimum", "currency", "carries_over"),
        frozenset({"percentage", "minimum"}),
    ),
}  # fmt: skip


def newest(payload: Mapping[str, Any]) -> DatedRow | None:
    """The newest row of the line that a payload is for."""
    kind = ROWS[str(payload["table"])]
    rows = kind.model._default_manager.filter(**{name: payload[name] for name in kind.key})
    return rows.order_by("-valid_from").first()


@transaction.atomic
def row_write(payload: Mapping[str, Any], *, approval_id: int, now: datetime) -> DatedRow:
    """Write what was approved as the next version of its line. The caller checked it; the database checks it again."""
    kind = ROWS[str(payload["table"])]
    before = newest(payload)
    values = {name: Decimal(payload[name]) if name in kind.numbers else payload[name] for name in kind.fields}
    return kind.model._default_manager.create(
        **{name: payload[name] for name in kind.key}, **values, version=before.version + 1 if before else 1,
        valid_from=date.fromisoformat(str(payload["valid_from"])), source=payload["source"],
        verified=payload["verified"], approval_id=approval_id, created_at=now,
    )  # fmt: skip
