"""Every deposit that was begun (backoffice.md §6.2, R-05): what it was, where it went, how it ended."""

from __future__ import annotations

from casino.cashier.enums import DepositState
from reporting.catalogue.enums import ColumnKind, Family, FilterName
from reporting.catalogue.reports.asked import Asked, words
from reporting.catalogue.reports.finance.pieces import OF_PLAYERS, amount
from reporting.catalogue.reports.pieces import WHOSE, WHOSE_SQL, code, moment, text, to, whole, yes_no
from reporting.catalogue.types import Column, Query, Question, Report


def _query(question: Question) -> Query:
    asked = Asked(question)
    filters = asked.filtered(currency="d.currency", player_id="d.player_id", state="d.state")
    return asked.query(
        f"""
        SELECT d.created_at, d.id, d.reference, {WHOSE_SQL}, p.country, d.method, d.gateway, d.amount, d.currency,
               d.fee, d.credit, d.credit_currency, {words(DepositState.choices, "d.state")} AS state, d.code,
               (SELECT count(*) FROM cashier_deposittry t WHERE t.deposit_id = d.id) AS tries, d.is_first,
               d.credited_at, round(extract(epoch FROM d.credited_at - d.created_at) / 60, 2) AS minutes,
               d.gateway_reference
        FROM cashier_deposit d JOIN players_player p ON p.id = d.player_id JOIN players_brand b ON b.id = p.brand_id
        WHERE {asked.days("d.created_at", "p.brand_id")} AND {asked.reach("p")} AND {filters}"""  # noqa: S608 - our own text
    )


REPORT = Report(
    code="deposits",
    title="Deposits",
    about="Every deposit begun on these days, with its gateway, its end and the reason of it.",
    family=Family.FINANCE,
    ids=("R-05",),
    columns=(
        moment("created_at", "Begun"), code("id", "No."), code("reference", "Reference"), *WHOSE,
        code("country", "Country"), code("method", "Method"), code("gateway", "Gateway"),
        amount("amount", "Amount"), code("currency", "Currency"), amount("fee", "Fee"),
        Column(
            name="credit", title="Credited", kind=ColumnKind.MONEY, currency="credit_currency", summed=False,
            about="What the wallet got, in its own currency.",
        ),
        code("credit_currency", "of the wallet"), text("state", "State"), code("code", "Reason"),
        whole("tries", "Gateways tried"), yes_no("is_first", "First"), moment("credited_at", "Credited at"),
        Column(name="minutes", title="Took", kind=ColumnKind.MINUTES), code("gateway_reference", "Gateway's reference"),
    ),
    key=("created_at", "id"),
    query=_query,
    filters=OF_PLAYERS | {FilterName.STATE},
    states=dict(DepositState.choices),
    drill=to("cashier_deposit", "id"),
)  # fmt: skip
