"""The register of limits (R-09, backoffice.md §6.5): what bounded a player's play on these days."""

from __future__ import annotations

from typing import Final

from compliance.limits.enums import LimitKind, LimitOwner, LimitPeriod
from reporting.catalogue.enums import ColumnKind, Family, FilterName
from reporting.catalogue.reports.asked import Asked, words
from reporting.catalogue.reports.pieces import OF_PLAYERS, WHOSE, WHOSE_SQL, code, moment, text, to
from reporting.catalogue.types import Column, Query, Question, Report

_STATES: Final = {"standing": "In force", "over": "Ended"}


def _query(question: Question) -> Query:
    asked = Asked(question)
    state = "CASE WHEN l.ended_at <= %(as_of)s THEN 'over' ELSE 'standing' END"
    filters = asked.filtered(player_id="l.player_id", state=state)
    return asked.query(
        f"""
        SELECT l.id AS limit_id, {WHOSE_SQL}, {words(LimitOwner.choices, "l.owner")} AS owner,
               {words(LimitKind.choices, "l.kind")} AS kind, {words(LimitPeriod.choices, "l.period")} AS period,
               CASE WHEN l.currency <> '' THEN l.amount END AS amount, l.currency,
               CASE WHEN l.currency = '' THEN l.amount::bigint END AS minutes, l.starts_at, l.ended_at,
               {words(_STATES, state)} AS state, l.set_by, l.ended_by, l.reason, c.amount AS asked_amount,
               c.effective_from AS asked_from
        FROM limits_limit l
        JOIN players_player p ON p.id = l.player_id
        JOIN players_brand b ON b.id = p.brand_id
        LEFT JOIN limits_limitchange c ON c.limit_id = l.id AND c.state = 'waiting'
        WHERE facts_business_day(l.starts_at, p.brand_id) <= %(last)s
          AND (l.ended_at IS NULL OR facts_business_day(l.ended_at, p.brand_id) >= %(first)s)
          AND {asked.reach("p")} AND {filters}"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="limits",
    title="Limits",
    about="Every limit that was in force on any of these days, the player's own and the operator's.",
    family=Family.COMPLIANCE,
    ids=("R-09",),
    columns=(
        code("limit_id", "Limit no."),
        *WHOSE,
        text("owner", "Whose"),
        text("kind", "Limit"),
        text("period", "Per"),
        Column(name="amount", title="Amount", kind=ColumnKind.MONEY),
        code("currency", "Currency"),
        Column(name="minutes", title="Minutes", kind=ColumnKind.MINUTES),
        moment("starts_at", "In force from"),
        moment("ended_at", "Ended"),
        text("state", "State"),
        code("set_by", "Set by"),
        code("ended_by", "Ended by"),
        text("reason", "Reason", personal=True),
        Column(name="asked_amount", title="Asked for", kind=ColumnKind.MONEY, about="A change that waits."),
        moment("asked_from", "Not before"),
    ),
    key=("starts_at", "limit_id"),
    query=_query,
    filters=OF_PLAYERS | {FilterName.STATE},
    states=_STATES,
    drill=to("limits_limit", "limit_id"),
)
