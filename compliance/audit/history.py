"""Row history: every insert, update and delete of a table as a row, bulk updates and raw SQL included (docs/audit.md).

An app declares it in `models/history.py` and guards it in the migration that makes it:

    history_kept(Player)                                              # models/history.py
    operations = [..., history_guard("players_playerhistory", "players_player")]   # the migration
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, cast

import pghistory
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.migrations import RunSQL

from compliance.audit.models.history_row import HistoryRow


@dataclass(frozen=True, slots=True)
class History:
    """The history of one table. `owner` is the column that names whose time line it belongs to, `of` that model."""

    tracked: type[models.Model]
    rows: type[HistoryRow]
    of: str
    owner: str

    @property
    def table(self) -> str:
        """Where the history is kept."""
        return self.rows._meta.db_table

    @property
    def tracked_table(self) -> str:
        """Whose history it is."""
        return self.tracked._meta.db_table

    @property
    def key(self) -> str:
        """The column by which a row is known in both tables."""
        return str(self.tracked._meta.pk.column)

    @property
    def columns(self) -> list[str]:
        """The tracked columns that are kept, sorted."""
        own = (str(field.column) for field in self.rows._meta.fields)
        return sorted(column for column in own if column != "commit_order" and not column.startswith("pgh_"))


_kept: Final[dict[str, History]] = {}


def history_kept(
    tracked: type[models.Model],
    *,
    exclude: Sequence[str] = (),
    part_of: tuple[type[models.Model], str] | None = None,
) -> None:
    """Keep the history of a model in the table of a model `<Name>History` beside it.

    Leave out secrets and noise with `exclude`. `part_of` puts the changes into another row's time line: of the model
    given, by the column given, such as a role's permissions.
    """
    owner, column = part_of or (tracked, tracked._meta.pk.attname)
    short = tracked.__name__.lower()[:17]
    made = pghistory.create_event_model(
        tracked,
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=list(exclude),
        obj_field=None,  # type: ignore[arg-type]  # None is documented, and leaves the column out
        context_field=pghistory.ContextJSONField(),
        context_id_field=None,  # type: ignore[arg-type]  # the same
        append_only=False,
        model_name=f"{tracked.__name__}History",
        base_model=HistoryRow,
        abstract=False,
        level=pghistory.Row,
        meta={
            "default_permissions": (),
            "indexes": [
                models.Index(fields=[column.removesuffix("_id"), "pgh_id"], name=f"{short}_hist_owner"),
                BrinIndex(fields=["commit_order"], name=f"{short}_hist_order", pages_per_range=16, autosummarize=True),
            ],
        },
    )
    _kept[made._meta.db_table] = History(tracked, cast("type[HistoryRow]", made), owner._meta.label_lower, column)


def history_guard(history_table: str, tracked_table: str) -> RunSQL:
    """The migration's step that makes a history append-only and its triggers sure: `audit_history_guard`."""
    names = f"'{history_table}', '{tracked_table}'"
    return RunSQL(sql=[(f"SELECT audit_history_guard({names})", None)], reverse_sql=RunSQL.noop)


def histories() -> Sequence[History]:
    """Every history that is kept."""
    return tuple(_kept.values())
