"""Wagers and wins by day and game (R-02, G-81), from the same facts as the reports of games."""

from __future__ import annotations

from reporting.catalogue.enums import Family, FilterName
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.finance.pieces import DAY, PLACES, amount
from reporting.catalogue.reports.games.play import category
from reporting.catalogue.reports.games.ties import gaming_ties
from reporting.catalogue.reports.pieces import CURRENCY, GAME, PROVIDER, text, whole
from reporting.catalogue.types import Chart, Query, Question, Report


def _query(question: Question) -> Query:
    asked = Asked(question)
    filters = asked.filtered(currency="f.currency", provider_id="f.provider_id", game_id="f.game_id")
    return asked.query(
        f"""
        WITH played AS (
            SELECT {asked.play_day("f")} AS day, f.provider_id, f.game_id, f.currency, sum(f.bets) AS bets,
                   sum(f.stake_bonus) AS bonus_wager, sum(f.stake_real) AS cash_wager,
                   sum(f.void_real + f.void_bonus) AS voided, sum(f.unwin_real + f.unwin_bonus) AS resettled,
                   sum(f.win_real) AS cash_win, sum(f.win_bonus) AS bonus_win, sum(f.jackpot_win) AS jackpot_win,
                   sum(f.contribution) AS contribution
            FROM facts_game f WHERE {asked.played("f")} AND {asked.reach("f")} AND {filters} GROUP BY 1, 2, 3, 4
        )
        SELECT x.day, coalesce(v.code, '') AS provider, coalesce(g.code, '') AS game,
               coalesce(g.name, 'Not told') AS name, {category("g.category")} AS category, x.currency, x.bets,
               x.bonus_wager, x.cash_wager, x.voided, x.bonus_wager + x.cash_wager - x.voided AS total_wager,
               x.cash_win, x.bonus_win, x.resettled, x.jackpot_win,
               x.cash_win + x.bonus_win - x.resettled + x.jackpot_win AS total_win,
               x.bonus_wager + x.cash_wager - x.voided
                   - (x.cash_win + x.bonus_win - x.resettled + x.jackpot_win) AS win_loss,
               x.contribution, x.bonus_wager + x.cash_wager - x.voided - (x.cash_win + x.bonus_win - x.resettled)
                   - x.contribution AS ggr
        FROM played x LEFT JOIN games_provider v ON v.id = x.provider_id
        LEFT JOIN games_game g ON g.id = x.game_id"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="wagering-summary",
    title="Wagering summary",
    about="What was wagered and won in every game, day by day.",
    family=Family.PLAYERS,
    ids=("R-02", "G-81"),
    columns=(
        DAY, PROVIDER, GAME, text("name", "Name"), text("category", "Sort"), CURRENCY,
        whole("bets", "Bets", summed=True),
        amount("bonus_wager", "Bonus wager"),
        amount("cash_wager", "Cash wager"),
        amount("voided", "Cancelled or voided"),
        amount("total_wager", "Total wager", definition="KPI-01"),
        amount("cash_win", "Cash win"),
        amount("bonus_win", "Bonus win"),
        amount("resettled", "Wins taken back"),
        amount("jackpot_win", "Paid by jackpots"),
        amount("total_win", "Total win"),
        amount("win_loss", "Win or loss", "Of the house, what jackpots paid counted as won."),
        amount("contribution", "To jackpots"),
        amount("ggr", "GGR", definition="KPI-04"),
    ),
    key=("day", "provider", "game", "currency"),
    query=_query,
    filters=PLACES | {FilterName.PROVIDER, FilterName.GAME, FilterName.BASIS, FilterName.KNOWN},
    ties=gaming_ties(_query),
    chart=Chart(kind="line", across="day", measures=("total_wager", "total_win"), title="Wagers and wins"),
)  # fmt: skip
