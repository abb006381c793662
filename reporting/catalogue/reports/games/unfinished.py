"""Rounds that did not come to their ordinary end (R-20, G-57): open ones with what they hold, and voided ones."""

from __future__ import annotations

from typing import Final

from reporting.catalogue.enums import ColumnKind, Family, FilterName
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.games.round_ties import round_ties
from reporting.catalogue.reports.pieces import CURRENCY, GAME, PROVIDER, WHOSE, WHOSE_SQL, moment, to
from reporting.catalogue.types import Column, Query, Question, Report

_STATES: Final = {"open": "Unfinished", "void": "Voided", "part": "Voided in part"}
_FACTS: Final = f"""
    SELECT r.id AS round_id, r.reference AS round, {WHOSE_SQL}, v.code AS provider, g.code AS game,
           coalesce(s.public_id, '') AS session, r.opened_at, r.closed_at, r.currency, r.staked, r.won,
           r.dead_bets AS rolled_back, r.state = 'open' AS is_open,
           CASE WHEN r.state = 'open' THEN 'open' WHEN r.live_bets = 0 THEN 'void' ELSE 'part' END AS kind
    FROM play_round r
    JOIN players_player p ON p.id = r.player_id
    JOIN players_brand b ON b.id = p.brand_id
    JOIN games_game g ON g.id = r.game_id
    JOIN games_provider v ON v.id = r.provider_id
    LEFT JOIN play_gamesession s ON s.id = r.session_id
"""  # noqa: S608 - our own text


def _query(question: Question) -> Query:
    asked = Asked(question)
    filters = asked.filtered(
        currency="r.currency", provider_id="r.provider_id", game_id="r.game_id", player_id="r.player_id"
    )
    mine = f"{asked.reach('p')} AND {filters}"
    return asked.query(
        f"""
        WITH rounds AS (
            {_FACTS} WHERE r.state = 'open' AND r.opened_at <= %(as_of)s
                     AND facts_business_day(r.opened_at, p.brand_id) <= %(last)s AND {mine}
            UNION ALL
            {_FACTS} WHERE r.state = 'closed' AND r.dead_bets > 0
                     AND {asked.days("r.opened_at", "p.brand_id")} AND {mine}
        )
        SELECT round_id, round, player_id, player, brand, jurisdiction, provider, game, session,
               CASE kind WHEN 'open' THEN 'Unfinished' WHEN 'void' THEN 'Voided' ELSE 'Voided in part' END AS state,
               opened_at, closed_at, floor(extract(epoch FROM coalesce(closed_at, %(as_of)s) - opened_at) / 60)::bigint
                   AS minutes,
               currency, CASE WHEN is_open THEN staked - won ELSE 0 END AS held, staked, won, staked - won AS net,
               rolled_back,
               CASE kind WHEN 'open' THEN 'The provider has not settled it' ELSE 'The provider rolled bets back' END
                   AS reason,
               CASE kind WHEN 'open' THEN 'Waits: a win, a loss or a rollback ends it'
                         WHEN 'void' THEN 'Stakes returned' ELSE 'Some stakes returned, the rest played' END
                   AS resolution
        FROM rounds WHERE {asked.filtered(state="kind")}"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="unfinished-rounds",
    title="Unfinished and voided rounds",
    about=(
        "Rounds that are open now, whenever they began, and rounds of these days of which bets were rolled back."
        " Whether a regulator was told is not kept by the platform."
    ),
    family=Family.GAMES,
    ids=("R-20",),
    columns=(
        Column(name="round_id", title="Round no.", kind=ColumnKind.CODE),
        Column(name="round", title="Round", kind=ColumnKind.CODE, about="The provider's own id."),
        *WHOSE,
        PROVIDER,
        GAME,
        Column(name="session", title="Session", kind=ColumnKind.CODE),
        Column(name="state", title="State"),
        moment("opened_at", "Opened"),
        moment("closed_at", "Closed"),
        Column(name="minutes", title="Age", kind=ColumnKind.MINUTES, about="Until it was closed, or until now."),
        CURRENCY,
        Column(name="held", title="Held", kind=ColumnKind.MONEY, summed=True, about="Stakes less wins while open."),
        Column(name="staked", title="Staked", kind=ColumnKind.MONEY, summed=True, about="Not rolled back."),
        Column(name="won", title="Won", kind=ColumnKind.MONEY, summed=True),
        Column(name="net", title="Lost by the player", kind=ColumnKind.MONEY, summed=True),
        Column(name="rolled_back", title="Bets rolled back", kind=ColumnKind.WHOLE, summed=True),
        Column(name="reason", title="Reason"),
        Column(name="resolution", title="Resolution"),
    ),
    key=("opened_at", "round_id"),
    query=_query,
    filters=frozenset(
        {
            FilterName.BRAND, FilterName.JURISDICTION, FilterName.CURRENCY, FilterName.PROVIDER, FilterName.GAME,
            FilterName.PLAYER, FilterName.STATE, FilterName.TEST_PLAYERS,
        }
    ),
    states=_STATES,
    ties=round_ties(_query),
    drill=to("play_round", "round_id"),
)  # fmt: skip
