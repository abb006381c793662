"""What the trail promises to `manage.py verify_ledger`: names of the closed list, and rows as their history tells.

That nothing recorded was changed or taken out since is the seals' promise.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from compliance.audit.history import History, histories
from compliance.audit.names import EventName
from wallet.verification.registry import Breach, Promise, promise_register
from wallet.verification.scope import Scope

_STRANGE_NAMES: Final = """
    SELECT id, name FROM audit_auditevent WHERE commit_order >= %s AND name <> ALL(%s) ORDER BY id
"""


def _names_are_of_the_list(scope: Scope) -> Iterator[Breach]:
    for number, name in scope.rows(_STRANGE_NAMES, [scope.since_order, [name.value for name in EventName]]):
        yield Breach(f"audit event {number}", "a name of the closed list", repr(name))
    scope.checked(scope.count("SELECT count(*) FROM audit_auditevent WHERE commit_order >= %s", [scope.since_order]))


def _rows_are_as_history_tells(scope: Scope) -> Iterator[Breach]:
    for kept in histories():
        table = kept.tracked_table
        for key, label in scope.rows(_changed(kept, scope), {"low": scope.since_order}):
            found = {None: "no history", "delete": "a deletion"}.get(label, "another row")
            yield Breach(f"{table} {key}", "its last history tells it as it stands", found)
        for key, label in scope.rows(_gone(kept), {"low": scope.since_order}):
            yield Breach(f"{table} {key}", "its deletion in its history", f"{label} as the last change")
        scope.checked(scope.count(f"SELECT count(*) FROM {table}"))  # noqa: S608 - our own table


def _changed(kept: History, scope: Scope) -> str:
    """Rows that stand otherwise than their last history says. Only rows with newer history when looking at a part."""
    table, history, key = kept.tracked_table, kept.table, kept.key
    mine, its = (", ".join(f'{side}."{column}"' for column in kept.columns) for side in ("t", "h"))
    same = {key, kept.owner}  # the owner's column has the index
    joined = " AND ".join(f'h."{column}" = t."{column}"' for column in sorted(same))
    part = "" if scope.everything else f"t.{key} IN (SELECT {key} FROM {history} WHERE commit_order >= %(low)s) AND"  # noqa: S608 - ours
    return (
        f"SELECT t.{key}, h.pgh_label FROM {table} t LEFT JOIN LATERAL"  # noqa: S608 - names of our own tables
        f" (SELECT * FROM {history} h WHERE {joined} ORDER BY h.pgh_id DESC LIMIT 1) h ON true"
        f" WHERE {part} (h.pgh_id IS NULL OR h.pgh_label = 'delete' OR ({mine}) IS DISTINCT FROM ({its}))"
    )


def _gone(kept: History) -> str:
    """Rows that are gone though their history does not say so."""
    table, history, key = kept.tracked_table, kept.table, kept.key
    last = "(array_agg(h.pgh_label ORDER BY h.pgh_id DESC))[1]"
    return (
        f"SELECT h.{key}, {last} FROM {history} h WHERE h.commit_order >= %(low)s"  # noqa: S608 - ours
        f" AND NOT EXISTS (SELECT FROM {table} t WHERE t.{key} = h.{key}) GROUP BY h.{key} HAVING {last} <> 'delete'"
    )


PROMISES: Final = (
    Promise("audit_names_are_known", "Every audit event has a name of the closed list", _names_are_of_the_list),
    Promise("rows_are_as_their_history_tells", "Every tracked row is as its history tells", _rows_are_as_history_tells),
)


def trail_promises_register() -> None:
    """Called from the app's ready(), and again without harm."""
    for promise in PROMISES:
        promise_register(promise)
