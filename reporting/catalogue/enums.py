"""The words of a report: what its columns hold, which days it counts, and as of when."""

from __future__ import annotations

from enum import Enum


class ColumnKind(Enum):
    """How a value is written: on pages for the reader, in files exactly (docs/reports.md)."""

    TEXT = "text"
    CODE = "code"  # an identifier: never a number, leading zeros stay
    WHOLE = "whole"
    MONEY = "money"  # exact, in the currency of the row's column `Column.currency`
    BASE = "base"  # exact, in the base currency
    PERCENT = "percent"  # 96.5 is 96.5 %
    NUMBER = "number"  # a decimal without a currency, such as z
    DAY = "day"  # a business day of the brand
    MOMENT = "moment"  # an instant: files hold UTC and the local time beside it
    MINUTES = "minutes"
    YES_NO = "yes_no"


class Family(Enum):
    """Where the catalogue lists a report, and which right opens it."""

    FINANCE = "finance"
    GAMES = "games"
    PLAYERS = "players"
    COMPLIANCE = "compliance"
    STAFF = "staff"


class Interval(Enum):
    """The periods of G-70. RANGE is from any first to any last day."""

    DAY = "day"
    MONTH_TO_DATE = "mtd"
    YEAR_TO_DATE = "ytd"
    LIFE_TO_DATE = "ltd"
    RANGE = "range"


class Basis(Enum):
    """Which day an event counts on: the day it was posted to the ledger, or the day its round was settled."""

    POSTED = "posted"
    SETTLED = "settled"


class Known(Enum):
    """As known now, or as it stood when the day was first complete."""

    NOW = "now"
    FIRST = "first"


class FilterName(Enum):
    """The filters that reports share. Which of them a report has, it says itself."""

    BRAND = "brand"
    JURISDICTION = "jurisdiction"
    CURRENCY = "currency"
    PROVIDER = "provider"
    GAME = "game"
    PLAYER = "player"
    BASIS = "basis"
    KNOWN = "known"
    CONVERTED = "converted"  # amounts in the base currency, at the rates of the day
    STATE = "state"  # one of `Report.states`
    TEST_PLAYERS = "test_players"  # test accounts instead of real ones: shown only where a regulator asks for both
