"""The lines of Adyen's settlement details report (CSV, one file per payable batch, comma, a header, UTF-8).

Amounts are in major units. Where gross and net are in one currency, the fee is what lies between them; where Adyen
converted, the payment keeps its own currency and the fees stand in a line of their own: nothing is converted here.
`MerchantPayout`, the money to the bank itself, is left out: it is the sum of the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import IO, Final

from casino.gateways.adapters.wire import csv_rows, currency_of, day_of, decimal_of, ours, reference_of, told
from casino.gateways.enums import NewsKind
from casino.gateways.types import SettlementLine

NEEDED: Final = (
    "Psp Reference", "Merchant Reference", "Creation Date", "Type", "Modification Reference", "Gross Currency",
    "Gross Debit (GC)", "Gross Credit (GC)", "Net Currency", "Net Debit (NC)", "Net Credit (NC)",
)  # fmt: skip
FEES: Final = ("Commission (NC)", "Markup (NC)", "Scheme Fees (NC)", "Interchange (NC)")
KINDS: Final = {
    "Settled": NewsKind.DEPOSIT_CONFIRMED,
    "SettledReversed": NewsKind.DEPOSIT_REVERSED,
    "Refunded": NewsKind.REFUND_DONE,
    "RefundedReversed": NewsKind.REFUND_FAILED,
    "Chargeback": NewsKind.CHARGEBACK,
    "SecondChargeback": NewsKind.CHARGEBACK,
    "ChargebackReversed": NewsKind.CHARGEBACK_REVERSED,
    "PaidOut": NewsKind.PAYOUT_CONFIRMED,
    "PaidOutReversed": NewsKind.PAYOUT_RETURNED,
}
COSTS: Final = frozenset({"Fee", "InvoiceDeduction", "PaymentCost", "AuthorisationSchemeFee", "MiscCosts"})
OF_NO_PAYMENT: Final = frozenset(
    {
        "DepositCorrection",
        "Balancetransfer",
        "BalanceTransfer",
        "ReserveAdjustment",
        "ManualCorrected",
        "MatchedStatement",
    }
)
LEFT_OUT: Final = frozenset({"MerchantPayout"})
NOTHING: Final = Decimal(0)


def lines_of(file: IO[bytes]) -> Iterator[SettlementLine]:
    """The lines, streamed. Raises ValueError naming the line that can not be understood."""
    for number, row in csv_rows(file, NEEDED, key="Psp Reference"):
        try:
            yield from _lines(row)
        except ValueError as error:
            raise ValueError(f"line {number}: {error}") from error


def _lines(row: Mapping[str, str]) -> Iterator[SettlementLine]:
    kind = row["Type"].strip()
    if not kind:
        raise ValueError("the type is missing")
    if kind in LEFT_OUT:
        return
    net, net_currency = _signed(row, "Net", "NC"), currency_of(row["Net Currency"])
    if kind in COSTS or kind in OF_NO_PAYMENT:
        yield from _own(row, kind, net, net_currency)
        return
    gross, currency = _signed(row, "Gross", "GC"), currency_of(row["Gross Currency"])
    if currency == net_currency:
        fee = gross - net
        yield _line(row, KINDS.get(kind, NewsKind.UNKNOWN), gross, max(fee, NOTHING), currency, kind)
        if fee < 0:
            yield _line(row, NewsKind.NOTED, -fee, NOTHING, currency, f"{kind}: fee given back")
        return
    yield _line(row, KINDS.get(kind, NewsKind.UNKNOWN), gross, NOTHING, currency, f"{kind}: {net} {net_currency}")
    fee = sum((decimal_of(row.get(name) or "0") for name in FEES), NOTHING)
    if fee:
        given_back, kept = max(-fee, NOTHING), max(fee, NOTHING)
        yield _line(row, NewsKind.NOTED, given_back, kept, net_currency, f"{kind}: fees")


def _own(row: Mapping[str, str], kind: str, net: Decimal, currency: str) -> Iterator[SettlementLine]:
    """A line of no payment: a cost is a fee, and what is given or taken otherwise is gross."""
    if kind in COSTS and net < 0:
        yield _line(row, NewsKind.NOTED, NOTHING, -net, currency, kind)
    else:
        yield _line(row, NewsKind.NOTED, net, NOTHING, currency, kind)


def _signed(row: Mapping[str, str], side: str, unit: str) -> Decimal:
    """Credit less debit: what comes to us is positive."""
    credit, debit = row[f"{side} Credit ({unit})"].strip(), row[f"{side} Debit ({unit})"].strip()
    if not credit and not debit:
        raise ValueError(f"no {side.lower()} amount")
    return decimal_of(credit or "0") - decimal_of(debit or "0")


def _line(
    row: Mapping[str, str], kind: NewsKind, gross: Decimal, fee: Decimal, currency: str, text: str
) -> SettlementLine:
    refund = row["Type"].startswith("Refunded")
    modification = row["Modification Reference"] if refund else ""
    named = row.get("Modification Merchant Reference", "") if refund else ""
    return SettlementLine(
        kind=kind,
        reference=ours(named or row["Merchant Reference"]),
        gateway_reference=reference_of(modification or row["Psp Reference"]),
        gross=gross,
        fee=fee,
        currency=currency,
        booked_on=day_of(row.get("Booking Date") or row["Creation Date"]),
        text=told(text),
    )
