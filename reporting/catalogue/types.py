"""What a report is: one definition, from which its page, its API and its files are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from common.scope import Scope
from reporting.catalogue.enums import Basis, ColumnKind, Family, FilterName, Interval, Known


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its name in SQL, API and files, its title for people, and how its values are written.

    `summed` puts it into the totals (MONEY: by currency). `personal` marks data of a person: exports with it need
    approval, the API a scope of its own. `definition` is the figure's id in `reporting.definitions`, such as KPI-02.
    """

    name: str
    title: str
    kind: ColumnKind = ColumnKind.TEXT
    about: str = ""
    currency: str = "currency"
    summed: bool = False
    personal: bool = False
    definition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What somebody asks of a report: days (both included) in each brand's own time zone, filters, and his reach.

    `as_of` is the moment up to which anything counts; `other` holds filters that only one report has, as texts.
    """

    first: date
    last: date
    as_of: datetime
    scope: Scope
    interval: Interval = Interval.RANGE
    brand_id: int | None = None
    jurisdiction: str = ""
    currency: str = ""
    provider_id: int | None = None
    game_id: int | None = None
    player_id: int | None = None
    basis: Basis = Basis.POSTED
    known: Known = Known.NOW
    converted: bool = False
    state: str = ""
    test_players: bool = False
    other: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Query:
    """One SELECT whose columns are the report's, by name and in order, with psycopg's named parameters.

    It carries no ORDER BY and no LIMIT: pages, totals, cursors and COPY are built around it (catalogue/reading.py).
    """

    sql: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """One line of a reconciliation: what the report says, what the ledger says. They must be equal, to the cent."""

    name: str
    currency: str
    reported: Decimal
    ledger: Decimal

    @property
    def difference(self) -> Decimal:
        """Zero, or the report is wrong."""
        return self.reported - self.ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A plot of the report's own rows: `across` on one axis, one line or bar for each of `measures`."""

    kind: str  # "line", "bar" or "stacked"
    across: str
    measures: tuple[str, ...]
    title: str
    split: str = ""  # one line for each value of this column instead


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report of the catalogue. `ids` are the requirements that it answers, such as R-01 and G-80.

    `key` names the columns that order the rows and tell them apart (page cursors rest on it). `drill` makes the admin
    address behind a row, or "" where there is none. `ties` reconciles the report with the ledger for the same
    question; every line must come out at zero. `others` are filters that it alone has, by name and title. `version`
    rises whenever the figures of a past day would change.
    """

    code: str
    title: str
    about: str
    family: Family
    ids: tuple[str, ...]
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    query: Callable[[Question], Query]
    version: int = 1
    filters: frozenset[FilterName] = frozenset()
    states: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)
    definitions: tuple[str, ...] = ()
    ties: Callable[[Question], Sequence[Tie]] | None = None
    chart: Chart | None = None
    drill: Callable[[Mapping[str, object]], str] | None = None
    as_of_only: bool = False  # about a moment, not about days
    restricted: str = ""  # a permission beyond the family's, such as for suspicious-activity reports

    @property
    def personal(self) -> bool:
        """Whether a row tells something about a person."""
        return any(column.personal for column in self.columns)
