"""Which deal holds: the most particular one in force on the day, else the next (affiliates.md §2.4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

Level = Literal["player", "link", "country", "affiliate", "programme"]
ORDER: tuple[Level, ...] = ("player", "link", "country", "affiliate", "programme")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """A plan's version for whom and when. What is empty matches everybody; a "country" deal names brand and country."""

    key: str
    level: Level
    plan: str
    first: date
    last: date | None = None
    player: str = ""
    link: str = ""
    brand: str = ""
    country: str = ""
    affiliate: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who played, where he came from, and on which day: of registration for amounts, of play for shares."""

    day: date
    player: str
    link: str
    brand: str
    country: str
    affiliate: str


def deal_of(deals: Iterable[Deal], asked: Asked) -> Deal | None:
    """The deal in force, or None. An expired deal falls back to the next level; of two, the later start holds."""
    fitting = [one for one in deals if _holds(one, asked) and _fits(one, asked)]
    return min(fitting, key=lambda one: (ORDER.index(one.level), -one.first.toordinal(), one.key), default=None)


def _holds(deal: Deal, asked: Asked) -> bool:
    return deal.first <= asked.day and (deal.last is None or asked.day <= deal.last)


def _fits(deal: Deal, asked: Asked) -> bool:
    named = {
        "player": deal.player,
        "link": deal.link,
        "country": deal.country,
        "affiliate": deal.affiliate,
        "programme": "*",
    }
    if not named[deal.level]:
        return False
    return all(
        not wanted or wanted == found
        for wanted, found in (
            (deal.player, asked.player), (deal.link, asked.link), (deal.brand, asked.brand),
            (deal.country, asked.country), (deal.affiliate, asked.affiliate),
        )
    )  # fmt: skip
