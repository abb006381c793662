"""Play by day in the base currency, as measures of the definitions (reporting/definitions/measures.py)."""

from __future__ import annotations

from typing import Any, Final

from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.types import Question
from reporting.dashboards.selectors.rows import in_base, rows_of

_PLAY: Final = {
    "bets": "f.bets", "SC": "f.stake_real", "SB": "f.stake_bonus", "VC": "f.void_real", "VB": "f.void_bonus",
    "WC": "f.win_real - f.unwin_real", "WB": "f.win_bonus - f.unwin_bonus", "FW": "f.free_win", "PW": "f.promo_win",
    "JW": "f.jackpot_win", "JC": "f.contribution",
}  # fmt: skip
_BONUS: Final = {"BG": "bonus_grant", "FL": "bonus_forfeit"}


def play_by_day(question: Question) -> list[dict[str, Any]]:
    """The measures by day, posted basis; `unpriced` counts facts of days without a rate, which no sum contains."""
    asked = Asked(question)
    each, rates = in_base(asked, "f", "f.posted_day")
    divided = {name: "1" if name == "bets" else each for name in _PLAY}
    play = ", ".join(f'sum(({sql}) / {divided[name]}) AS "{name}"' for name, sql in _PLAY.items())
    bonus = ", ".join(
        f"""abs(coalesce(sum(f.bonus / {each}) FILTER (WHERE f.kind = '{kind}'), 0)) AS "{name}\""""
        for name, kind in _BONUS.items()
    )
    kinds = ", ".join(f"'{kind}'" for kind in _BONUS.values())
    unpriced = f"count(*) FILTER (WHERE {each} IS NULL) AS unpriced"
    within = f"f.posted_day BETWEEN %(first)s AND %(last)s AND {asked.reach('f')}"
    names = ", ".join(f'coalesce(p."{name}", 0) AS "{name}"' for name in _PLAY)
    sql = f"""
        WITH play AS (
            SELECT f.posted_day AS day, {play}, {unpriced} FROM facts_game f {rates} WHERE {within} GROUP BY 1
        ), bonus AS (
            SELECT f.posted_day AS day, {bonus}, {unpriced} FROM facts_money f {rates}
            WHERE f.kind IN ({kinds}) AND {within} GROUP BY 1
        )
        SELECT day, {names}, coalesce(b."BG", 0) AS "BG", coalesce(b."FL", 0) AS "FL",
               coalesce(p.unpriced, 0) + coalesce(b.unpriced, 0) AS unpriced
        FROM play p FULL JOIN bonus b USING (day) ORDER BY day"""  # noqa: S608 - our own text
    return rows_of(sql, asked.parameters)
