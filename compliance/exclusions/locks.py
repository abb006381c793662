"""The rows that exclusions lock: players, always sorted."""

from __future__ import annotations

from collections.abc import Iterable

from players.models import Player


def players_lock(player_ids: Iterable[int]) -> list[Player]:
    """Lock players against other changes of their protection; bets do not wait for it."""
    wanted = sorted(set(player_ids))
    rows = Player.objects.select_for_update(of=("self",), no_key=True).select_related("brand")
    return list(rows.filter(pk__in=wanted).order_by("pk"))
