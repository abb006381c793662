"""Large wins and large wagers, single and by day, with the rule that found them (R-13, G-53, G-54)."""

from __future__ import annotations

from typing import Final

from compliance.audit.names import EventName
from reporting.catalogue.enums import ColumnKind, Family, FilterName
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.pieces import WHOSE, moment, to
from reporting.catalogue.types import Column, Query, Question, Report

_RULES: Final = {
    EventName.LARGE_WIN: "One win",
    EventName.LARGE_WINS: "Wins of a day",
    EventName.LARGE_WAGER: "One wager",
    EventName.LARGE_WAGERS: "Wagers of a day",
}
_NAMES: Final = ", ".join(f"'{name}'" for name in _RULES)
_TITLES: Final = " ".join(f"WHEN '{name}' THEN '{title}'" for name, title in _RULES.items())


def _query(question: Question) -> Query:
    asked = Asked(question)
    filters = asked.filtered(player_id="e.player_id", state="e.name", game_id="r.game_id", provider_id="r.provider_id")
    return asked.query(
        f"""
        SELECT e.id AS event_id, e.occurred_at AS at, CASE e.name {_TITLES} END AS rule, p.id AS player_id,
               p.public_id AS player, b.code AS brand, p.jurisdiction, e.after->>'kind' AS kind,
               (e.after->>'amount')::numeric AS amount, coalesce(e.after->>'currency', '') AS currency,
               (e.after->>'base_amount')::numeric AS base_amount, (e.after->>'threshold')::numeric AS threshold,
               r.id AS round_id, r.reference AS round, g.code AS game,
               round(l.amount / nullif(r.staked, 0), 2) AS multiplier, l.bonus > 0 AS with_bonus
        FROM audit_auditevent e
        JOIN players_player p ON p.id = e.player_id
        JOIN players_brand b ON b.id = p.brand_id
        LEFT JOIN LATERAL (
            SELECT x.round_id, x.real + x.bonus AS amount, x.bonus FROM play_leg x
            WHERE e.subject LIKE 'wallet.transaction:%%' AND x.id = substr(e.subject, 20)::uuid OFFSET 0
        ) l ON true
        LEFT JOIN play_round r ON r.id = l.round_id
        LEFT JOIN games_game g ON g.id = r.game_id
        WHERE e.name IN ({_NAMES}) AND {asked.days("e.occurred_at", "p.brand_id")} AND {asked.reach("p")}
          AND {filters}"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="large-plays",
    title="Large wins and wagers",
    about=(
        "What passed the thresholds in force when it happened. Who looked at it is told by the event's time line:"
        " the platform keeps no review of its own for them."
    ),
    family=Family.GAMES,
    ids=("R-13",),
    columns=(
        Column(name="event_id", title="Event no.", kind=ColumnKind.CODE),
        moment("at", "When"),
        Column(name="rule", title="Rule"),
        *WHOSE,
        Column(name="kind", title="What", kind=ColumnKind.CODE),
        Column(name="amount", title="Amount", kind=ColumnKind.MONEY),
        Column(name="currency", title="Currency", kind=ColumnKind.CODE),
        Column(name="base_amount", title="In the base currency", kind=ColumnKind.BASE),
        Column(name="threshold", title="Threshold of a day", kind=ColumnKind.BASE),
        Column(name="round_id", title="Round no.", kind=ColumnKind.CODE),
        Column(name="round", title="Round", kind=ColumnKind.CODE),
        Column(name="game", title="Game", kind=ColumnKind.CODE),
        Column(name="multiplier", title="Times the stake", kind=ColumnKind.NUMBER),
        Column(name="with_bonus", title="With bonus", kind=ColumnKind.YES_NO),
    ),
    key=("at", "event_id"),
    query=_query,
    filters=frozenset(
        {
            FilterName.BRAND, FilterName.JURISDICTION, FilterName.PLAYER, FilterName.PROVIDER, FilterName.GAME,
            FilterName.STATE, FilterName.TEST_PLAYERS,
        }
    ),
    states={str(name): title for name, title in _RULES.items()},
    drill=to("audit_auditevent", "event_id"),
)  # fmt: skip
