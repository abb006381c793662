"""SQL that stands in its own file beside its migration, with the way back."""

from __future__ import annotations

from pathlib import Path

from django.db.migrations import RunSQL


def run_sql_file(migration: str, name: str) -> RunSQL:
    """RunSQL of `sql/<name>.up.sql` with `sql/<name>.down.sql` as its reverse; `migration` is the caller's __file__."""
    folder = Path(migration).parent / "sql"
    up = (folder / f"{name}.up.sql").read_text(encoding="utf-8")
    down = (folder / f"{name}.down.sql").read_text(encoding="utf-8")
    # A list with one item keeps RunSQL from splitting at semicolons inside function bodies.
    return RunSQL(sql=[(up, None)], reverse_sql=[(down, None)])
