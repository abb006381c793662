"""What else an exclusion ends, told by those who know: open bonuses, future wagers. Run in the placing transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

# (the players against whom it stands, its number, now, actor)
Effect = Callable[[Sequence[int], int, datetime, str], None]
_effects: Final[list[Effect]] = []


def exclusion_effect_register(effect: Effect) -> None:
    """Have every exclusion do this, too. Called once from an app's ready()."""
    if effect not in _effects:
        _effects.append(effect)


def exclusion_effect_forget(effect: Effect) -> None:
    """Take it back."""
    _effects.remove(effect)


def effects_run(player_ids: Sequence[int], exclusion_id: int, now: datetime, actor: str) -> None:
    """Everything that was registered, in order; a failure fails the exclusion, which the caller then repeats."""
    for effect in _effects:
        effect(player_ids, exclusion_id, now, actor)
