"""What each provider's contract makes of a month (backoffice.md §6.2), to hold against the invoice."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings

from reporting.catalogue.enums import ColumnKind, Family, FilterName
from reporting.catalogue.reports.asked import Asked
from reporting.catalogue.reports.finance.computed import months, play_measures, told
from reporting.catalogue.reports.pieces import PROVIDER, code
from reporting.catalogue.types import Column, Query, Question, Report
from reporting.definitions.errors import MeasureMissing
from reporting.definitions.fees import fee_due
from reporting.definitions.selectors.definitions import figure, provider_fee

_COLUMNS = (
    "month date, provider text, basis text, contract numeric, amount numeric, percent numeric, minimum numeric,"
    " free_wins numeric, contribution numeric, due numeric"
)


def _query(question: Question) -> Query:
    asked = Asked(question)
    rows = []
    carried: dict[int, Decimal] = {}
    for first, last in months(question):
        providers: dict[int, dict[str, Decimal]] = {}
        for (_licence, provider_id), measures in play_measures(question, first, last, "provider_id").items():
            sums = providers.setdefault(provider_id, dict.fromkeys(measures, Decimal(0)))
            for name, value in measures.items():
                sums[name] += value
        for provider_id, sums in sorted(providers.items()):
            terms = provider_fee(provider_id, last)
            if terms is None:
                continue
            try:
                basis = figure(terms.basis, sums, at=last) or Decimal(0)
            except MeasureMissing:
                continue
            due = fee_due(terms, basis=basis, carried=carried.get(provider_id, Decimal(0)))
            carried[provider_id] = due.carried
            # A minimum is told in the contract's currency: it counts here only where that is the base currency.
            in_base = terms.currency in ("", settings.BASE_CURRENCY) or not terms.minimum
            rows.append({
                "month": first, "provider": provider_id, "basis": terms.basis, "contract": terms.version,
                "amount": basis, "percent": terms.percentage, "minimum": terms.minimum if in_base else None,
                "free_wins": sums["FW"], "contribution": sums["JC"], "due": due.fee if in_base else None,
            })  # fmt: skip
    found = told(asked, rows, _COLUMNS)
    return asked.query(
        f"""SELECT d.month, v.code AS provider, d.basis, d.contract, d.amount, d.percent, d.minimum, d.free_wins,
                   d.contribution, d.due
            FROM ({found.sql}) d JOIN games_provider v ON v.id = d.provider::bigint""",  # noqa: S608 - our own text
        **found.parameters,
    )


REPORT = Report(
    code="provider-invoices",
    title="Provider invoice check",
    about="What each provider may charge for a month by its contract, in the base currency: compare with the invoice.",
    family=Family.FINANCE,
    ids=("R-26",),
    columns=(
        Column(name="month", title="From", kind=ColumnKind.DAY), PROVIDER, code("basis", "Basis by"),
        code("contract", "Contract version"), Column(name="amount", title="Basis", kind=ColumnKind.BASE, summed=True),
        Column(name="percent", title="Royalty", kind=ColumnKind.PERCENT),
        Column(name="minimum", title="Minimum", kind=ColumnKind.BASE),
        Column(name="free_wins", title="Wins of free rounds", kind=ColumnKind.BASE, summed=True),
        Column(name="contribution", title="To jackpots", kind=ColumnKind.BASE, summed=True),
        Column(
            name="due", title="Due", kind=ColumnKind.BASE, summed=True,
            about="Empty where the contract's minimum is in another currency.",
        ),
    ),
    key=("month", "provider"),
    query=_query,
    filters=frozenset({FilterName.PROVIDER}),
)  # fmt: skip
