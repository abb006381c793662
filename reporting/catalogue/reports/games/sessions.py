"""Game sessions with opening and closing balance, staked and won (R-19)."""

from __future__ import annotations

from casino.play.enums import SessionEnd
from reporting.catalogue.enums import ColumnKind, Family, FilterName
from reporting.catalogue.reports.asked import Asked, words
from reporting.catalogue.reports.pieces import CURRENCY, GAME, PROVIDER, WHOSE, WHOSE_SQL, moment, to
from reporting.catalogue.types import Column, Query, Question, Report


def _query(question: Question) -> Query:
    asked = Asked(question)
    filters = asked.filtered(
        currency="p.currency", provider_id="s.provider_id", game_id="s.game_id", player_id="s.player_id"
    )
    return asked.query(
        f"""
        WITH chosen AS MATERIALIZED (
            SELECT s.* FROM play_gamesession s JOIN players_player p ON p.id = s.player_id
            WHERE {asked.days("s.launched_at", "p.brand_id")} AND s.mode = 'real' AND {asked.reach("p")} AND {filters}
        ), stretch AS MATERIALIZED (
            SELECT min(launched_at) AS low, max(greatest(last_seen_at, ended_at)) AS high FROM chosen
        ), played AS (
            SELECT r.session_id, count(*) AS rounds, sum(r.staked) AS staked, sum(r.won) AS won,
                   sum(r.staked - r.won) FILTER (WHERE r.state = 'open') AS unfinished, min(r.opened_at) AS first_at,
                   (array_agg(r.balance_before ORDER BY r.opened_at, r.id))[1] AS opening,
                   (array_agg(r.balance_after ORDER BY r.opened_at DESC, r.id DESC))[1] AS closing
            FROM play_round r JOIN chosen c ON c.id = r.session_id
            WHERE r.opened_at >= (SELECT low FROM stretch) AND r.opened_at <= (SELECT high FROM stretch)
            GROUP BY r.session_id
        ), bonus AS (
            SELECT l.session_id, sum(l.bonus) AS staked
            FROM play_leg l JOIN chosen c ON c.id = l.session_id
            WHERE l.booked_at >= (SELECT low FROM stretch) AND l.booked_at <= (SELECT high FROM stretch)
              AND l.kind = 'bet' AND l.reversed_by_id IS NULL
            GROUP BY l.session_id
        )
        SELECT s.id AS session_id, s.public_id AS session, {WHOSE_SQL}, v.code AS provider,
               coalesce(g.code, '') AS game, s.launched_at, s.authenticated_at, s.last_seen_at, s.ended_at,
               {words(SessionEnd.choices, "s.end_reason")} AS end_reason,
               floor(extract(epoch FROM coalesce(s.ended_at, s.last_seen_at) - s.launched_at) / 60)::bigint AS minutes,
               coalesce(z.country, '') AS country, p.currency, coalesce(x.rounds, 0) AS rounds, x.opening,
               coalesce(x.staked, 0) AS staked, coalesce(y.staked, 0) AS bonus_staked, coalesce(x.won, 0) AS won,
               coalesce(x.staked - x.won, 0) AS net, coalesce(x.unfinished, 0) AS unfinished, x.closing
        FROM chosen s
        JOIN players_player p ON p.id = s.player_id
        JOIN players_brand b ON b.id = p.brand_id
        JOIN games_provider v ON v.id = s.provider_id
        LEFT JOIN games_game g ON g.id = s.game_id
        LEFT JOIN played x ON x.session_id = s.id
        LEFT JOIN bonus y ON y.session_id = s.id
        LEFT JOIN LATERAL (
            SELECT c.country FROM geo_locationcheck c WHERE c.player_id = s.player_id AND c.checked_at <= s.launched_at
            ORDER BY c.checked_at DESC LIMIT 1
        ) z ON true"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="game-sessions",
    title="Game sessions",
    about="Sessions for real money by the day on which they were launched. Deposits and withdrawals: player sign-ins.",
    family=Family.GAMES,
    ids=("R-19", "G-85"),
    columns=(
        Column(name="session_id", title="Session no.", kind=ColumnKind.CODE),
        Column(name="session", title="Session", kind=ColumnKind.CODE),
        *WHOSE,
        PROVIDER,
        GAME,
        moment("launched_at", "Launched"),
        moment("authenticated_at", "Begun", "When the provider exchanged the token; empty: it never did."),
        moment("last_seen_at", "Last call"),
        moment("ended_at", "Ended"),
        Column(name="end_reason", title="Why it ended"),
        Column(name="minutes", title="Minutes", kind=ColumnKind.MINUTES),
        Column(name="country", title="Location", kind=ColumnKind.CODE, about="Country found last before the launch."),
        CURRENCY,
        Column(name="rounds", title="Rounds", kind=ColumnKind.WHOLE, summed=True),
        Column(name="opening", title="Opening balance", kind=ColumnKind.MONEY, about="Before the first round."),
        Column(name="staked", title="Staked", kind=ColumnKind.MONEY, summed=True, about="Not rolled back."),
        Column(name="bonus_staked", title="of it bonus", kind=ColumnKind.MONEY, summed=True),
        Column(name="won", title="Won", kind=ColumnKind.MONEY, summed=True),
        Column(name="net", title="Lost by the player", kind=ColumnKind.MONEY, summed=True),
        Column(name="unfinished", title="In open rounds", kind=ColumnKind.MONEY, summed=True),
        Column(name="closing", title="Closing balance", kind=ColumnKind.MONEY, about="After the last round."),
    ),
    key=("launched_at", "session_id"),
    query=_query,
    filters=frozenset(
        {
            FilterName.BRAND, FilterName.JURISDICTION, FilterName.CURRENCY, FilterName.PROVIDER, FilterName.GAME,
            FilterName.PLAYER, FilterName.TEST_PLAYERS,
        }
    ),
    drill=to("play_gamesession", "session_id"),
)  # fmt: skip
