"""Whose an instrument is, by names as the gateway and we know them. Pure; folded as everywhere (players.personal)."""

from __future__ import annotations

from casino.cashier.enums import Ownership
from players.personal.folding import name_look, name_sound


def ownership_of(told: str, known: str) -> Ownership:
    """The verdict over two names, whatever script, case, accents and order they are written with.

    SIMILAR where one holds the whole other ("Anna Maria Rossi", "Anna Rossi"), or shortens first names to initials.
    """
    if not told.strip() or not known.strip():
        return Ownership.UNKNOWN
    pairs = [(name_sound(told).split(), name_sound(known).split()), (name_look(told).split(), name_look(known).split())]
    if any(one == other for one, other in pairs):
        return Ownership.MATCHES
    if any(_held(one, other) or _held(other, one) for one, other in pairs):
        return Ownership.SIMILAR
    return Ownership.DIFFERS


def _held(short: list[str], long: list[str]) -> bool:
    """Whether every word of one stands in the other, at least one of them in full and two in all."""
    left, full = list(long), 0
    for word in sorted(short, key=len, reverse=True):
        found = next((other for other in left if other == word), None)
        full += found is not None
        found = found or next((other for other in left if len(word) == 1 and other.startswith(word)), None)
        if found is None:
            return False
        left.remove(found)
    return full >= 1 and len(short) >= 2
