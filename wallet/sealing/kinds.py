"""The kinds of rows that are sealed. Another floor adds its own with `sealed_kind_register` in its AppConfig.ready().

A block names the kinds that it covers, so a kind that comes later changes no earlier block.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from wallet.sealing.canonical import Json
from wallet.sealing.rows import ANSWER_ROWS, TRANSACTION_ROWS, answer_json, transaction_json


@dataclass(frozen=True, slots=True)
class SealedKind:
    """How rows of one kind are read and written down.

    `table` has a BRIN-indexed `commit_order`; it may be several, as a named subquery of that column. `rows` is a query with the parameters `low` and `high` over it, whose
    first two columns are commit_order and an id text, and whose order is by both (the text by code point).
    `as_json` makes the row's canonical fields; `kind`, `order` and `id` are added here.
    """

    name: str
    table: str
    rows: str
    as_json: Callable[[tuple[Any, ...]], dict[str, Json]]


_kinds: Final[dict[str, SealedKind]] = {
    "answer": SealedKind("answer", "wallet_recordedanswer", ANSWER_ROWS, answer_json),
    "transaction": SealedKind("transaction", "wallet_transaction", TRANSACTION_ROWS, transaction_json),
}


def sealed_kind_register(kind: SealedKind) -> None:
    """Seal rows of this kind from the next block on. The name stays for ever: blocks name it."""
    if not kind.name.isidentifier() or _kinds.get(kind.name, kind) != kind:
        raise ValueError(f"the sealed kind {kind.name!r} is no identifier or is taken")
    _kinds[kind.name] = kind


def sealed_kinds() -> tuple[str, ...]:
    """Names of all kinds, sorted: what a new block covers."""
    return tuple(sorted(_kinds))


def sealed_kind_get(name: str) -> SealedKind | None:
    """The kind of that name, or None when this program does not know it."""
    return _kinds.get(name)
