"""Who won and who lost most (R-30)."""

from __future__ import annotations

from reporting.catalogue.enums import Family
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.finance.pieces import OF_PLAYERS, amount
from reporting.catalogue.reports.pieces import CURRENCY, WHOSE, WHOSE_SQL, to, whole
from reporting.catalogue.types import Query, Question, Report


def _query(question: Question) -> Query:
    asked = Asked(question)
    filters = asked.filtered(currency="f.currency", player_id="f.player_id")
    return asked.query(
        f"""
        WITH played AS (
            SELECT f.player_id, f.currency, sum(f.bets) AS bets,
                   sum(f.stake_real + f.stake_bonus - f.void_real - f.void_bonus) AS stakes,
                   sum(f.win_real + f.win_bonus - f.unwin_real - f.unwin_bonus + f.jackpot_win) AS won
            FROM facts_play f
            WHERE f.posted_day BETWEEN %(first)s AND %(last)s AND {asked.reach("f")} AND {filters} GROUP BY 1, 2
        )
        SELECT rank() OVER (PARTITION BY x.currency ORDER BY x.won - x.stakes DESC) AS place, {WHOSE_SQL}, x.currency,
               x.bets, x.stakes, x.won, x.won - x.stakes AS result
        FROM played x JOIN players_player p ON p.id = x.player_id JOIN players_brand b ON b.id = p.brand_id"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="winners-losers",
    title="Winners and losers",
    about="Every player by the result of play, the largest winner first; the last page has the largest losers.",
    family=Family.PLAYERS,
    ids=("R-30",),
    columns=(
        whole("place", "Place"), *WHOSE, CURRENCY, whole("bets", "Bets", summed=True), amount("stakes", "Staked"),
        amount("won", "Won"), amount("result", "Result", "Won less staked."),
    ),
    key=("currency", "place", "player_id"),
    query=_query,
    filters=OF_PLAYERS,
    drill=to("players_player", "player_id"),
)  # fmt: skip
