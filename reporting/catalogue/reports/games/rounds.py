"""Every round that was opened, with its calls, balances and version (backoffice.md §6.3, G-40)."""

from __future__ import annotations

from casino.play.enums import RoundState
from reporting.catalogue.enums import ColumnKind, Family, FilterName
from reporting.catalogue.reports.asked import Asked, words
from reporting.catalogue.reports.games.round_ties import round_ties
from reporting.catalogue.reports.games.versions import VERSIONS
from reporting.catalogue.reports.pieces import CURRENCY, GAME, PROVIDER, WHOSE, WHOSE_SQL, moment, to
from reporting.catalogue.types import Column, Query, Question, Report


def _query(question: Question) -> Query:
    asked = Asked(question)
    filters = asked.filtered(
        currency="r.currency", provider_id="r.provider_id", game_id="r.game_id", player_id="r.player_id",
        state="r.state",
    )  # fmt: skip
    return asked.query(
        f"""
        WITH version AS MATERIALIZED ({VERSIONS})
        SELECT r.id AS round_id, r.reference AS round, {WHOSE_SQL}, v.code AS provider, g.code AS game,
               coalesce(n.version, '') AS version, coalesce(s.public_id, '') AS session,
               {words(RoundState.choices, "r.state")} AS state, r.opened_at, r.closed_at, r.currency,
               r.live_bets AS bets, r.live_wins AS wins, r.dead_bets AS rolled_back, r.staked, r.won,
               r.staked - r.won AS net, r.balance_before, r.balance_after
        FROM play_round r
        JOIN players_player p ON p.id = r.player_id
        JOIN players_brand b ON b.id = p.brand_id
        JOIN games_game g ON g.id = r.game_id
        JOIN games_provider v ON v.id = r.provider_id
        LEFT JOIN play_gamesession s ON s.id = r.session_id
        LEFT JOIN version n ON n.game_id = r.game_id AND n.since <= r.opened_at AND r.opened_at < n.until
        WHERE {asked.days("r.opened_at", "p.brand_id")} AND {asked.reach("p")} AND {filters}"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="rounds",
    title="Rounds",
    about="Rounds by the day on which they were opened, as they stand now.",
    family=Family.GAMES,
    ids=("G-40", "G-85"),
    columns=(
        Column(name="round_id", title="Round no.", kind=ColumnKind.CODE),
        Column(name="round", title="Round", kind=ColumnKind.CODE, about="The provider's own id."),
        *WHOSE,
        PROVIDER,
        GAME,
        Column(name="version", title="Version", kind=ColumnKind.CODE),
        Column(name="session", title="Session", kind=ColumnKind.CODE),
        Column(name="state", title="State"),
        moment("opened_at", "Opened"),
        moment("closed_at", "Closed"),
        CURRENCY,
        Column(name="bets", title="Bets", kind=ColumnKind.WHOLE, summed=True, about="Not rolled back."),
        Column(name="wins", title="Wins", kind=ColumnKind.WHOLE, summed=True, about="Not rolled back."),
        Column(name="rolled_back", title="Bets rolled back", kind=ColumnKind.WHOLE, summed=True),
        Column(name="staked", title="Staked", kind=ColumnKind.MONEY, summed=True),
        Column(name="won", title="Won", kind=ColumnKind.MONEY, summed=True, about="Jackpots included."),
        Column(name="net", title="Lost by the player", kind=ColumnKind.MONEY, summed=True),
        Column(name="balance_before", title="Balance before", kind=ColumnKind.MONEY),
        Column(name="balance_after", title="Balance after", kind=ColumnKind.MONEY),
    ),
    key=("opened_at", "round_id"),
    query=_query,
    filters=frozenset(
        {
            FilterName.BRAND, FilterName.JURISDICTION, FilterName.CURRENCY, FilterName.PROVIDER, FilterName.GAME,
            FilterName.PLAYER, FilterName.STATE, FilterName.TEST_PLAYERS,
        }
    ),
    states=dict(RoundState.choices),
    ties=round_ties(_query),
    drill=to("play_round", "round_id"),
)  # fmt: skip
