"""Players who registered on these days, and what became of them (FTD, KPI-14)."""

from __future__ import annotations

from players.enums import PlayerStatus
from reporting.catalogue.enums import ColumnKind, Family, FilterName
from reporting.catalogue.reports.asked import Asked, words
from reporting.catalogue.reports.finance.pieces import OF_PLAYERS, amount
from reporting.catalogue.reports.pieces import CURRENCY, WHOSE, WHOSE_SQL, code, moment, text, to, whole
from reporting.catalogue.types import Column, Query, Question, Report


def _query(question: Question) -> Query:
    asked = Asked(question)
    filters = asked.filtered(currency="p.currency", player_id="p.id", state="p.status")
    return asked.query(
        f"""
        SELECT p.created_at, {WHOSE_SQL}, p.country, p.currency, {words(PlayerStatus.choices, "p.status")} AS status,
               d.credited_at AS first_deposit_at, d.credit AS first_deposit, d.method AS first_method,
               round(extract(epoch FROM d.credited_at - p.created_at) / 60, 2) AS to_first,
               coalesce(m.deposit_count, 0) AS deposit_count, coalesce(m.deposits, 0) AS deposits,
               coalesce(m.withdrawals, 0) AS withdrawals
        FROM players_player p JOIN players_brand b ON b.id = p.brand_id
        LEFT JOIN LATERAL (
            SELECT x.credited_at, x.credit, x.method FROM cashier_deposit x
            WHERE x.player_id = p.id AND x.is_first LIMIT 1
        ) d ON true
        LEFT JOIN LATERAL (
            SELECT sum(f.count) FILTER (WHERE f.kind = 'deposit') AS deposit_count,
                   sum(f.real) FILTER (WHERE f.kind = 'deposit') AS deposits,
                   -sum(f.held + f.real) FILTER (WHERE f.kind = 'withdrawal') AS withdrawals
            FROM facts_money f
            WHERE f.player_id = p.id AND f.currency = p.currency AND f.kind IN ('deposit', 'withdrawal')
        ) m ON true
        WHERE {asked.days("p.created_at", "p.brand_id")} AND {asked.reach("p")} AND {filters}"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="players",
    title="New players",
    about="Who registered on these days, when the first deposit came, and what was paid in and out since.",
    family=Family.PLAYERS,
    ids=("KPI-14",),
    columns=(
        moment("created_at", "Registered"), *WHOSE, code("country", "Country"), CURRENCY, text("status", "Status"),
        moment("first_deposit_at", "First deposit"), amount("first_deposit", "its amount"),
        code("first_method", "its method"), Column(name="to_first", title="After", kind=ColumnKind.MINUTES),
        whole("deposit_count", "Deposits", summed=True), amount("deposits", "Deposited"),
        amount("withdrawals", "Withdrawn"),
    ),
    key=("created_at", "player_id"),
    query=_query,
    filters=OF_PLAYERS | {FilterName.STATE},
    states=dict(PlayerStatus.choices),
    drill=to("players_player", "player_id"),
)  # fmt: skip
