"""Players' sessions on the platform: device, address, length, and what was paid in and out meanwhile (R-19)."""

from __future__ import annotations

from players.accounts.enums import SessionEnd
from reporting.catalogue.enums import ColumnKind, Family, FilterName
from reporting.catalogue.reports.asked import Asked, words
from reporting.catalogue.reports.pieces import OF_PLAYERS, WHOSE, WHOSE_SQL, code, moment, text, to
from reporting.catalogue.types import Column, Query, Question, Report


def _query(question: Question) -> Query:
    asked = Asked(question)
    filters = asked.filtered(player_id="s.player_id", state="CASE WHEN s.ended_at IS NULL THEN 'open' ELSE 'ended' END")
    return asked.query(
        f"""
        SELECT s.id AS session_id, s.public_id AS session, s.created_at AS started_at, {WHOSE_SQL}, s.last_seen_at,
               s.ended_at, {words(SessionEnd.choices, "s.end_reason")} AS end_reason,
               floor(extract(epoch FROM coalesce(s.ended_at, s.last_seen_at) - s.created_at) / 60)::bigint AS minutes,
               coalesce(d.kind, '') AS device, coalesce(host(s.ip), '') AS ip, coalesce(z.country, '') AS country,
               p.currency, coalesce(i.amount, 0) AS deposits, coalesce(o.amount, 0) AS withdrawals
        FROM accounts_playersession s
        JOIN players_player p ON p.id = s.player_id
        JOIN players_brand b ON b.id = p.brand_id
        LEFT JOIN accounts_device d ON d.id = s.device_id
        LEFT JOIN LATERAL (
            SELECT c.country FROM geo_locationcheck c WHERE c.player_id = s.player_id AND c.checked_at <= s.last_seen_at
            ORDER BY c.checked_at DESC LIMIT 1
        ) z ON true
        LEFT JOIN LATERAL (
            SELECT sum(r.amount) AS amount FROM limits_depositreservation r
            WHERE r.player_id = s.player_id AND r.state = 'settled' AND r.reserved_at >= s.created_at
              AND r.reserved_at <= coalesce(s.ended_at, s.last_seen_at)
        ) i ON true
        LEFT JOIN LATERAL (
            SELECT sum(w.amount) AS amount FROM withdrawals_withdrawal w
            WHERE w.player_id = s.player_id AND w.requested_at >= s.created_at
              AND w.requested_at <= coalesce(s.ended_at, s.last_seen_at)
        ) o ON true
        WHERE {asked.days("s.created_at", "p.brand_id")} AND {asked.reach("p")} AND {filters}"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="player-sign-ins",
    title="Player sign-ins",
    about="Sessions of players by the day on which they signed in. Play inside them: game sessions.",
    family=Family.COMPLIANCE,
    ids=("R-19", "G-85"),
    columns=(
        code("session_id", "Session no."),
        code("session", "Session"),
        moment("started_at", "Signed in"),
        *WHOSE,
        moment("last_seen_at", "Last seen"),
        moment("ended_at", "Ended"),
        text("end_reason", "Why it ended"),
        Column(name="minutes", title="Minutes", kind=ColumnKind.MINUTES),
        text("device", "Device", personal=True),
        code("ip", "Address", personal=True),
        code("country", "Location"),
        code("currency", "Currency"),
        Column(
            name="deposits", title="Deposits begun", kind=ColumnKind.MONEY, summed=True,
            about="Begun in the session and booked, whenever that was.",
        ),
        Column(
            name="withdrawals", title="Withdrawals asked for", kind=ColumnKind.MONEY, summed=True,
            about="Asked for in the session, whatever became of them.",
        ),
    ),
    key=("started_at", "session_id"),
    query=_query,
    filters=OF_PLAYERS | {FilterName.STATE},
    states={"open": "Open", "ended": "Ended"},
    drill=to("accounts_playersession", "session_id"),
)  # fmt: skip
