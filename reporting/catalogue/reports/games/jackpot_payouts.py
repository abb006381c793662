"""Jackpot payouts, and which of them are large (R-16, G-77)."""

from __future__ import annotations

from reporting.catalogue.enums import ColumnKind, Family, FilterName
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.pieces import CURRENCY, GAME, PROVIDER, WHOSE, WHOSE_SQL, moment, to
from reporting.catalogue.types import Column, Query, Question, Report


def _query(question: Question) -> Query:
    asked = Asked(question)
    filters = asked.filtered(
        currency="r.currency", provider_id="l.provider_id", game_id="r.game_id", player_id="l.player_id",
        state="CASE WHEN w.base >= h.value THEN 'large' END",
    )  # fmt: skip
    return asked.query(
        f"""
        SELECT l.id AS leg_id, l.booked_at AS at, v.code AS provider, split_part(o.scope, ':', 2) AS jackpot,
               {WHOSE_SQL}, g.code AS game, r.id AS round_id, r.reference AS round,
               coalesce(s.public_id, '') AS session, l.provider_transaction_id AS transaction, r.currency,
               l.real + l.bonus AS hit,
               CASE WHEN l.reversed_by_id IS NULL THEN l.real + l.bonus ELSE 0 END AS paid, w.base AS base_amount,
               coalesce(w.base >= h.value, false) AS large, t.actor AS processed_by, '' AS confirmed_by,
               l.reversed_by_id IS NOT NULL AS rolled_back
        FROM play_leg l
        JOIN play_round r ON r.id = l.round_id
        JOIN players_player p ON p.id = l.player_id
        JOIN players_brand b ON b.id = p.brand_id
        JOIN games_provider v ON v.id = l.provider_id
        JOIN games_game g ON g.id = r.game_id
        JOIN wallet_transaction t ON t.id = l.id
        LEFT JOIN play_gamesession s ON s.id = r.session_id
        CROSS JOIN LATERAL (
            SELECT sum(e.base_amount) AS base FROM wallet_entry e JOIN wallet_account a ON a.id = e.account_id
            WHERE e.transaction_id = l.id AND a.player_id IS NOT NULL
        ) w
        LEFT JOIN LATERAL (
            SELECT a.scope FROM wallet_entry e JOIN wallet_account a ON a.id = e.account_id
            WHERE e.transaction_id = l.id AND a.kind = 'jackpot_pool' LIMIT 1
        ) o ON true
        LEFT JOIN LATERAL (
            SELECT x.value FROM audit_threshold x WHERE x.kind = 'large_win' AND x.valid_from <= l.booked_at
            ORDER BY x.valid_from DESC, x.id DESC LIMIT 1
        ) h ON true
        WHERE l.kind = 'jackpot' AND {asked.days("l.booked_at", "p.brand_id")} AND {asked.reach("p")}
          AND {filters}"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="jackpot-payouts",
    title="Jackpot payouts",
    about=(
        "What pools paid to players. Large: at least the threshold for one win then in force. A payout is booked on"
        " the provider's signed call; nobody of the house confirms it, so that column stays empty."
    ),
    family=Family.GAMES,
    ids=("R-16", "G-77"),
    columns=(
        Column(name="leg_id", title="Payout no.", kind=ColumnKind.CODE),
        moment("at", "Triggered"),
        PROVIDER,
        Column(name="jackpot", title="Jackpot", kind=ColumnKind.CODE),
        *WHOSE,
        GAME,
        Column(name="round_id", title="Round no.", kind=ColumnKind.CODE),
        Column(name="round", title="Round", kind=ColumnKind.CODE),
        Column(name="session", title="Session", kind=ColumnKind.CODE),
        Column(name="transaction", title="Provider's transaction", kind=ColumnKind.CODE),
        CURRENCY,
        Column(name="hit", title="Hit", kind=ColumnKind.MONEY, summed=True),
        Column(name="paid", title="Paid", kind=ColumnKind.MONEY, summed=True, about="Nothing if rolled back."),
        Column(name="base_amount", title="In the base currency", kind=ColumnKind.BASE),
        Column(name="large", title="Large", kind=ColumnKind.YES_NO),
        Column(name="processed_by", title="Processed by", kind=ColumnKind.CODE),
        Column(name="confirmed_by", title="Confirmed by", kind=ColumnKind.CODE),
        Column(name="rolled_back", title="Rolled back", kind=ColumnKind.YES_NO),
    ),
    key=("at", "leg_id"),
    query=_query,
    filters=frozenset(
        {
            FilterName.BRAND, FilterName.JURISDICTION, FilterName.CURRENCY, FilterName.PROVIDER, FilterName.GAME,
            FilterName.PLAYER, FilterName.STATE, FilterName.TEST_PLAYERS,
        }
    ),
    states={"large": "Large"},
    drill=to("play_round", "round_id"),
)  # fmt: skip
