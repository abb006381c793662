"""The columns of facts, once for all texts that are made of them."""

from __future__ import annotations

from typing import Final

MEASURES: Final = (
    "bets", "rounds", "stake_real", "stake_bonus", "void_real", "void_bonus", "win_real", "win_bonus", "unwin_real",
    "unwin_bonus", "contribution", "jackpot_win", "free_win", "promo_win",
)  # fmt: skip
AMOUNTS: Final = MEASURES[2:]
PURSE: Final = ("real", "bonus", "held", "owed")
PLAYER: Final = ("brand_id", "jurisdiction", "currency", "player_id", "is_test")
PLAY_KEY: Final = ("posted_day", "settled_day", *PLAYER, "provider_id", "game_id")
GAME_KEY: Final = tuple(name for name in PLAY_KEY if name != "player_id")
LEG: Final = ("leg_id", "round_id", "posted_day", *PLAYER, "provider_id", "game_id", "at")


def listed(names: tuple[str, ...], alias: str = "") -> str:
    """The names as a column list, each of `alias` where one is given."""
    return ", ".join(f"{alias}.{name}" if alias else name for name in names)


def summed(names: tuple[str, ...], sign: str = "") -> str:
    """The sum of each under its own name."""
    return ", ".join(f"sum({sign}{name}) AS {name}" for name in names)


def added(table: str, names: tuple[str, ...]) -> str:
    """DO UPDATE SET: each column of `table` and what comes to it."""
    return ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in names)
