"""Rounds that paid a hundred times the stake or more (backoffice.md §6.3)."""

from __future__ import annotations

from typing import Final

from reporting.catalogue.enums import ColumnKind, Family, FilterName
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.games.round_ties import round_ties
from reporting.catalogue.reports.pieces import CURRENCY, GAME, PROVIDER, WHOSE, WHOSE_SQL, moment, to
from reporting.catalogue.types import Column, Query, Question, Report

TIMES: Final = 100


def _query(question: Question) -> Query:
    asked = Asked(question)
    filters = asked.filtered(
        currency="r.currency", provider_id="r.provider_id", game_id="r.game_id", player_id="r.player_id"
    )
    return asked.query(
        f"""
        SELECT r.id AS round_id, r.reference AS round, r.opened_at, {WHOSE_SQL}, v.code AS provider, g.code AS game,
               r.currency, r.staked, r.won, r.staked - r.won AS net, round(r.won / r.staked, 2) AS multiplier,
               l.bonus AS with_bonus, l.jackpot AS with_jackpot
        FROM play_round r
        JOIN players_player p ON p.id = r.player_id
        JOIN players_brand b ON b.id = p.brand_id
        JOIN games_game g ON g.id = r.game_id
        JOIN games_provider v ON v.id = r.provider_id
        CROSS JOIN LATERAL (
            SELECT bool_or(x.bonus > 0) AS bonus, bool_or(x.kind = 'jackpot') AS jackpot
            FROM play_leg x WHERE x.round_id = r.id
        ) l
        WHERE r.staked > 0 AND r.won >= {TIMES} * r.staked AND {asked.days("r.opened_at", "p.brand_id")}
          AND {asked.reach("p")} AND {filters}"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="big-wins",
    title="Big wins",
    about="Rounds, by the day on which they were opened, that paid a hundred times their stake or more.",
    family=Family.GAMES,
    ids=("R-13",),
    columns=(
        Column(name="round_id", title="Round no.", kind=ColumnKind.CODE),
        Column(name="round", title="Round", kind=ColumnKind.CODE),
        moment("opened_at", "Opened"),
        *WHOSE,
        PROVIDER,
        GAME,
        CURRENCY,
        Column(name="staked", title="Staked", kind=ColumnKind.MONEY, summed=True),
        Column(name="won", title="Won", kind=ColumnKind.MONEY, summed=True, about="Jackpots included."),
        Column(name="net", title="Lost by the player", kind=ColumnKind.MONEY, summed=True),
        Column(name="multiplier", title="Times the stake", kind=ColumnKind.NUMBER),
        Column(name="with_bonus", title="With bonus", kind=ColumnKind.YES_NO),
        Column(name="with_jackpot", title="With a jackpot", kind=ColumnKind.YES_NO),
    ),
    key=("opened_at", "round_id"),
    query=_query,
    filters=frozenset(
        {
            FilterName.BRAND, FilterName.JURISDICTION, FilterName.CURRENCY, FilterName.PROVIDER, FilterName.GAME,
            FilterName.PLAYER, FilterName.TEST_PLAYERS,
        }
    ),
    ties=round_ties(_query),
    drill=to("play_round", "round_id"),
)  # fmt: skip
