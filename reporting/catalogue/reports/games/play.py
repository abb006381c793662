"""Play added up by game, provider or category: measures, RTP and its band (KPI-09, KPI-20), for several reports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.conf import settings

from casino.games.enums import GameCategory
from reporting.catalogue.enums import ColumnKind, FilterName
from reporting.catalogue.reports.asked import Asked, words
from reporting.catalogue.reports.games.versions import VERSIONS, version_on
from reporting.catalogue.types import Column

# In the row's currency, or in the base currency at the rates of the day: `amount / rate`.
TURNOVER: Final = "(f.stake_real + f.stake_bonus - f.void_real - f.void_bonus)"
_WON: Final = "(f.win_real + f.win_bonus - f.unwin_real - f.unwin_bonus)"

AMOUNTS: Final = {
    "wagered": "f.stake_real + f.stake_bonus",
    "bonus_wagered": "f.stake_bonus",
    "voided": "f.void_real + f.void_bonus",
    "turnover": TURNOVER,
    "won": _WON,
    "bonus_won": "f.win_bonus - f.unwin_bonus",
    "free_won": "f.free_win + f.promo_win",
    "contribution": "f.contribution",
    "jackpot_won": "f.jackpot_win",
    "ggr": f"{TURNOVER} - {_WON} - f.contribution",
}
# What the band compares with the theoretical return: free rounds have no stake, gifts belong to no round.
RETURNED: Final = f"{_WON} - f.free_win - f.promo_win + f.jackpot_win"
_MEASURES: Final = ("rounds", "bets", *AMOUNTS, "returned", "open_stakes")

FILTERS: Final = frozenset(
    {
        FilterName.BRAND, FilterName.JURISDICTION, FilterName.CURRENCY, FilterName.PROVIDER, FilterName.GAME,
        FilterName.BASIS, FilterName.KNOWN, FilterName.CONVERTED, FilterName.TEST_PLAYERS,
    }
)  # fmt: skip

COLUMNS: Final = (
    Column(name="currency", title="Currency", kind=ColumnKind.CODE),
    Column(name="rounds", title="Games played", kind=ColumnKind.WHOLE, summed=True, about="Rounds that were settled."),
    Column(name="bets", title="Bets", kind=ColumnKind.WHOLE, summed=True),
    Column(name="wagered", title="Wagered", kind=ColumnKind.MONEY, summed=True),
    Column(name="bonus_wagered", title="of it bonus", kind=ColumnKind.MONEY, summed=True),
    Column(name="voided", title="Wagers voided", kind=ColumnKind.MONEY, summed=True),
    Column(name="turnover", title="Turnover", kind=ColumnKind.MONEY, summed=True, definition="KPI-01"),
    Column(name="won", title="Won", kind=ColumnKind.MONEY, summed=True, about="Without what pools paid."),
    Column(name="bonus_won", title="of it bonus", kind=ColumnKind.MONEY, summed=True),
    Column(
        name="free_won", title="of it without a stake", kind=ColumnKind.MONEY, summed=True,
        about="Wins of free rounds and promotional credits; the RTP band leaves them out.",
    ),
    Column(name="contribution", title="To jackpots", kind=ColumnKind.MONEY, summed=True),
    Column(name="jackpot_won", title="Paid by jackpots", kind=ColumnKind.MONEY, summed=True),
    Column(name="ggr", title="GGR", kind=ColumnKind.MONEY, summed=True, definition="KPI-04"),
    Column(
        name="open_stakes", title="In open rounds", kind=ColumnKind.MONEY, summed=True,
        about="Stakes less wins of rounds that were open when the last day ended.",
    ),
    Column(name="average_stake", title="Average stake", kind=ColumnKind.MONEY),
    Column(
        name="hold", title="Hold", kind=ColumnKind.PERCENT, definition="KPI-08",
        about="What stayed with the house of the turnover, jackpots counted as wins: 100 less the actual RTP.",
    ),
    Column(name="rtp_actual", title="Actual RTP", kind=ColumnKind.PERCENT, definition="KPI-09"),
    Column(
        name="rtp_theoretical", title="Theoretical RTP", kind=ColumnKind.PERCENT,
        about="Of the versions in force, weighted by the turnover of each.",
    ),
    Column(name="band_low", title="95 % band from", kind=ColumnKind.PERCENT),
    Column(name="band_high", title="to", kind=ColumnKind.PERCENT),
    Column(name="z", title="z", kind=ColumnKind.NUMBER, definition="KPI-20"),
    Column(name="verdict", title="RTP", about="By z: watch above 2.58, warning above 3, alert above 4."),
)  # fmt: skip


def category(column: str) -> str:
    """A game's category in our words; games that nobody told have none."""
    return f"coalesce({words(GameCategory.choices, column)}, 'Not told')"


VERDICT: Final = """CASE
    WHEN z IS NULL THEN 'volatility not known'
    WHEN abs(z) > 4 THEN 'alert' WHEN abs(z) > 3 THEN 'warning' WHEN abs(z) > 2.58 THEN 'watch'
    ELSE 'within the band' END"""


def added_up(asked: Asked, groups: Sequence[tuple[str, str]]) -> str:
    """SELECT of `groups` (name, expression over g(ame), v (provider) and p(lay)) and COLUMNS, a row per currency."""
    names = ", ".join(name for name, _ in groups)
    chosen = ", ".join(f"{expression} AS {name}" for name, expression in groups)
    sums = ", ".join(f"sum(p.{name}) AS {name}" for name in _MEASURES)
    return f"""
        WITH version AS MATERIALIZED ({VERSIONS}), play AS (
            {_played(asked)} UNION ALL {_settled(asked)} UNION ALL {_open(asked)}
        ), grouped AS (
            SELECT {chosen}, p.currency, {sums},
                   coalesce(
                       sum(p.turnover * n.theoretical_rtp) / nullif(sum(p.turnover), 0), max(n.theoretical_rtp)
                   ) AS theoretical,
                   CASE WHEN bool_and(n.volatility IS NOT NULL) FILTER (WHERE p.rounds > 0)
                        THEN sqrt(sum(p.rounds * n.volatility ^ 2) / nullif(sum(p.rounds), 0))
                   END AS volatility
            FROM play p
            LEFT JOIN games_game g ON g.id = p.game_id
            LEFT JOIN games_provider v ON v.id = p.provider_id
            LEFT JOIN version n ON {version_on("n", "p.game_id", "p.day")}
            GROUP BY {", ".join(str(number + 1) for number in range(len(groups) + 1))}
        ), measured AS (
            SELECT grouped.*, 100 * returned / nullif(turnover, 0) AS measured,
                   100 * volatility / nullif(sqrt(rounds), 0) AS error
            FROM grouped
        ), judged AS (SELECT measured.*, round((measured - theoretical) / nullif(error, 0), 4) AS z FROM measured)
        SELECT {names}, currency, rounds, bets, {", ".join(AMOUNTS)}, open_stakes,
               round(wagered / nullif(bets, 0), 18) AS average_stake,
               round(100 * (turnover - won - jackpot_won) / nullif(turnover, 0), 4) AS hold,
               round(100 * (won + jackpot_won) / nullif(turnover, 0), 4) AS rtp_actual,
               round(theoretical, 4) AS rtp_theoretical,
               round(theoretical - 1.96 * error, 4) AS band_low, round(theoretical + 1.96 * error, 4) AS band_high,
               z, {VERDICT} AS verdict
        FROM judged"""  # noqa: S608 - our own text


def _played(asked: Asked) -> str:
    """Money, on the day of the basis asked for."""
    sums = {"bets": "f.bets"} | {name: f"({sql})" for name, sql in (AMOUNTS | {"returned": RETURNED}).items()}
    return _facts(asked, asked.play_day("f"), asked.played("f"), sums)


def _settled(asked: Asked) -> str:
    """Rounds, on the day they were settled, whatever the basis: the count of a closed day stays."""
    return _facts(
        asked, "f.settled_day", "f.rounds <> 0 AND f.settled_day BETWEEN %(first)s AND %(last)s",
        {"rounds": "f.rounds"},
    )  # fmt: skip


def _open(asked: Asked) -> str:
    """What stood in rounds that were open when the last day ended."""
    return _facts(
        asked, "f.posted_day",
        "f.posted_day <= %(last)s AND (f.settled_day IS NULL OR f.settled_day > %(last)s)",
        {"open_stakes": f"({TURNOVER} - {_WON})"}, day="%(last)s::date",
    )  # fmt: skip


def _facts(asked: Asked, rate_day: str, condition: str, sums: dict[str, str], *, day: str = "") -> str:
    currency, each, rates = in_currency(asked, "f", rate_day)
    counts = ("rounds", "bets")
    told = ", ".join(
        f"sum({sums[name]}{'' if name in counts else each}) AS {name}" if name in sums else f"0::numeric AS {name}"
        for name in _MEASURES
    )
    filters = asked.filtered(currency="f.currency", provider_id="f.provider_id", game_id="f.game_id")
    return f"""
        SELECT f.provider_id, f.game_id, {currency} AS currency, {day or rate_day} AS day, {told}
        FROM facts_game f {rates} WHERE {condition} AND {asked.reach("f")} AND {filters}
        GROUP BY 1, 2, 3, 4"""  # noqa: S608 - our own text


def in_currency(asked: Asked, row: str, day: str) -> tuple[str, str, str]:
    """Currency, what each amount is divided by, and the join that needs: as booked, or in the base currency."""
    if not asked.question.converted:
        return f"{row}.currency", "", ""
    asked.parameters["base"] = settings.BASE_CURRENCY
    each = f" / CASE WHEN {row}.currency = %(base)s THEN 1 ELSE x.rate END"
    rates = f"LEFT JOIN facts_rate x ON x.day = {day} AND x.currency = {row}.currency"
    return "%(base)s", each, rates
