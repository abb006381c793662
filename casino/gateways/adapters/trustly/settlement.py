"""The lines of Trustly's settlement report: what ViewAutomaticSettlementDetailsCSV answers (CSV, comma, a header).

One row per ledger entry of the batch; `amount` is signed from our side already. Fees are rows of their own without a
messageid, or with the order's and an account name that says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import IO, Final

from casino.gateways.adapters.wire import csv_rows, currency_of, day_of, decimal_of, goes_out, ours, reference_of, told
from casino.gateways.enums import NewsKind
from casino.gateways.types import SettlementLine

NEEDED: Final = ("datestamp", "accountname", "currency", "amount", "messageid", "orderid", "ordertype")
NOTHING: Final = Decimal(0)
FEE_WORDS: Final = ("FEE", "COMMISSION", "CHARGE_COST")


def lines_of(file: IO[bytes]) -> Iterator[SettlementLine]:
    """The lines, streamed. Raises ValueError naming the line that can not be understood."""
    for number, row in csv_rows(file, NEEDED):
        try:
            yield _line(row)
        except ValueError as error:
            raise ValueError(f"line {number}: {error}") from error


def _line(row: Mapping[str, str]) -> SettlementLine:
    amount, reference = decimal_of(row["amount"]), ours(row["messageid"])
    fee = _is_fee(row) and amount < 0
    return SettlementLine(
        kind=NewsKind.NOTED if _is_fee(row) else _kind(row["ordertype"].strip().upper(), reference, amount),
        reference=reference,
        gateway_reference=reference_of(row["orderid"]),
        gross=NOTHING if fee else amount,
        fee=-amount if fee else NOTHING,
        currency=currency_of(row["currency"]),
        booked_on=day_of(row["datestamp"]),
        text=told(f"{row['ordertype']} {row['accountname']}"),
    )


def _is_fee(row: Mapping[str, str]) -> bool:
    words = f"{row['ordertype']} {row['accountname']}".upper()
    return any(word in words for word in FEE_WORDS)


def _kind(ordertype: str, reference: str, amount: Decimal) -> NewsKind:
    """What an entry settles. A deposit's order has money in, and out again when it is refunded."""
    if not reference:
        return NewsKind.NOTED
    if goes_out(reference):
        return NewsKind.PAYOUT_RETURNED if amount > 0 else NewsKind.PAYOUT_CONFIRMED
    if amount > 0:
        return NewsKind.REFUND_FAILED if "REFUND" in ordertype else NewsKind.DEPOSIT_CONFIRMED
    return NewsKind.REFUND_DONE
