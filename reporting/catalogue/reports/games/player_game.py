"""What each player played in each game (backoffice.md §6.3)."""

from __future__ import annotations

from reporting.catalogue.enums import ColumnKind, Family, FilterName
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.games.play import AMOUNTS, in_currency
from reporting.catalogue.reports.games.ties import gaming_ties
from reporting.catalogue.reports.pieces import CURRENCY, GAME, PROVIDER, WHOSE, WHOSE_SQL, moment, to
from reporting.catalogue.types import Column, Query, Question, Report

_TOLD = ("turnover", "bonus_wagered", "won", "jackpot_won", "contribution", "ggr")


def _query(question: Question) -> Query:
    asked = Asked(question)
    currency, each, rates = in_currency(asked, "f", asked.play_day("f"))
    sums = ", ".join(f"sum(({AMOUNTS[name]}){each}) AS {name}" for name in _TOLD)
    filters = asked.filtered(
        currency="f.currency", provider_id="f.provider_id", game_id="f.game_id", player_id="f.player_id"
    )
    return asked.query(
        f"""
        WITH played AS (
            SELECT f.player_id, f.provider_id, f.game_id, {currency} AS currency, sum(f.bets) AS bets,
                   sum(f.rounds) AS rounds, {sums}, min(f.first_at) AS first_at, max(f.last_at) AS last_at
            FROM facts_play f {rates}
            WHERE {asked.played("f")} AND {asked.reach("f")} AND {filters}
            GROUP BY 1, 2, 3, 4
        )
        SELECT {WHOSE_SQL}, coalesce(v.code, '') AS provider, coalesce(g.code, '') AS game,
               coalesce(g.name, 'Not told') AS name, x.currency, x.rounds, x.bets, {", ".join(f"x.{n}" for n in _TOLD)},
               x.first_at, x.last_at
        FROM played x JOIN players_player p ON p.id = x.player_id JOIN players_brand b ON b.id = p.brand_id
        LEFT JOIN games_game g ON g.id = x.game_id LEFT JOIN games_provider v ON v.id = x.provider_id"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="player-games",
    title="Players and games",
    about="What each player staked and won in each game, from the first to the last call.",
    family=Family.GAMES,
    ids=("G-85",),
    columns=(
        *WHOSE,
        PROVIDER,
        GAME,
        Column(name="name", title="Name"),
        CURRENCY,
        Column(name="rounds", title="Rounds", kind=ColumnKind.WHOLE, summed=True),
        Column(name="bets", title="Bets", kind=ColumnKind.WHOLE, summed=True),
        Column(name="turnover", title="Turnover", kind=ColumnKind.MONEY, summed=True, definition="KPI-01"),
        Column(name="bonus_wagered", title="Bonus wagered", kind=ColumnKind.MONEY, summed=True),
        Column(name="won", title="Won", kind=ColumnKind.MONEY, summed=True),
        Column(name="jackpot_won", title="Paid by jackpots", kind=ColumnKind.MONEY, summed=True),
        Column(name="contribution", title="To jackpots", kind=ColumnKind.MONEY, summed=True),
        Column(name="ggr", title="GGR", kind=ColumnKind.MONEY, summed=True, definition="KPI-04"),
        moment("first_at", "First call"),
        moment("last_at", "Last call"),
    ),
    key=("player_id", "provider", "game", "currency"),
    query=_query,
    filters=frozenset(
        {
            FilterName.BRAND, FilterName.JURISDICTION, FilterName.CURRENCY, FilterName.PROVIDER, FilterName.GAME,
            FilterName.PLAYER, FilterName.BASIS, FilterName.KNOWN, FilterName.CONVERTED, FilterName.TEST_PLAYERS,
        }
    ),
    definitions=("KPI-01", "KPI-04"),
    ties=gaming_ties(_query),
    drill=to("players_player", "player_id"),
)  # fmt: skip
