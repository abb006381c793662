"""Columns and addresses that many reports have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from django.urls import reverse

from reporting.catalogue.enums import ColumnKind, FilterName
from reporting.catalogue.types import Column

BRAND: Final = Column(name="brand", title="Brand", kind=ColumnKind.CODE)
JURISDICTION: Final = Column(name="jurisdiction", title="Jurisdiction", kind=ColumnKind.CODE)
CURRENCY: Final = Column(name="currency", title="Currency", kind=ColumnKind.CODE)
PROVIDER: Final = Column(name="provider", title="Provider", kind=ColumnKind.CODE)
GAME: Final = Column(name="game", title="Game", kind=ColumnKind.CODE)
PLAYER_ID: Final = Column(name="player_id", title="Player no.", kind=ColumnKind.CODE, personal=True)
PLAYER: Final = Column(
    name="player", title="Player", kind=ColumnKind.CODE, personal=True, about="The name that providers see."
)
WHOSE: Final = (PLAYER_ID, PLAYER, BRAND, JURISDICTION)
# The same as SQL, over p(layer) and b(rand).
WHOSE_SQL: Final = "p.id AS player_id, p.public_id AS player, b.code AS brand, p.jurisdiction"
# Players without play or money: what most compliance reports ask for.
OF_PLAYERS: Final = frozenset({FilterName.BRAND, FilterName.JURISDICTION, FilterName.PLAYER, FilterName.TEST_PLAYERS})


def to(page: str, column: str) -> Callable[[Mapping[str, object]], str]:
    """The drill to an admin page, such as play_round, by the key in a column; nowhere where the row has none."""

    def drill(row: Mapping[str, object]) -> str:
        return reverse(f"admin:{page}_change", args=[row[column]]) if row.get(column) else ""

    return drill


def moment(name: str, title: str, about: str = "") -> Column:
    """A moment."""
    return Column(name=name, title=title, kind=ColumnKind.MOMENT, about=about)


def code(name: str, title: str, about: str = "", *, personal: bool = False) -> Column:
    """An identifier."""
    return Column(name=name, title=title, kind=ColumnKind.CODE, about=about, personal=personal)


def text(name: str, title: str, about: str = "", *, personal: bool = False) -> Column:
    """Words."""
    return Column(name=name, title=title, about=about, personal=personal)


def whole(name: str, title: str, about: str = "", *, summed: bool = False) -> Column:
    """A number of things."""
    return Column(name=name, title=title, kind=ColumnKind.WHOLE, about=about, summed=summed)


def yes_no(name: str, title: str, about: str = "") -> Column:
    """Whether it is so."""
    return Column(name=name, title=title, kind=ColumnKind.YES_NO, about=about)
