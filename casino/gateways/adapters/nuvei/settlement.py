"""The lines of Nuvei's settlement report (Control Panel, CSV with a header; comma).

Control Panel lets each merchant choose columns: those in NEEDED must be switched on (docs/gateways/nuvei.md). Amounts
are major units without a sign; the transaction's type says which way the money went.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import IO, Final

from casino.gateways.adapters.nuvei.events import action_of
from casino.gateways.adapters.wire import csv_rows, currency_of, day_of, decimal_of, goes_out, ours, reference_of, told
from casino.gateways.enums import NewsKind
from casino.gateways.types import SettlementLine

NEEDED: Final = ("Transaction ID", "Client Unique ID", "Transaction Type", "Date", "Currency", "Amount", "Fee")
# What the type settles, and whether the money came (1) or went (-1).
KINDS: Final = {
    "paid": (NewsKind.DEPOSIT_CONFIRMED, 1),
    "refund": (NewsKind.REFUND_DONE, -1),
    "void": (NewsKind.DEPOSIT_REVERSED, -1),
    "payout": (NewsKind.PAYOUT_CONFIRMED, -1),
    "chargeback": (NewsKind.CHARGEBACK, -1),
}
OWN_TYPES: Final = {
    "chargeback reversal": (NewsKind.CHARGEBACK_REVERSED, 1),
    "payout return": (NewsKind.PAYOUT_RETURNED, 1),
    "refund reversal": (NewsKind.REFUND_FAILED, 1),
}
NOTHING: Final = Decimal(0)


def lines_of(file: IO[bytes]) -> Iterator[SettlementLine]:
    """The lines, streamed. Raises ValueError naming the line that can not be understood."""
    for number, row in csv_rows(file, NEEDED):
        try:
            yield _line(row)
        except ValueError as error:
            raise ValueError(f"line {number}: {error}") from error


def _line(row: Mapping[str, str]) -> SettlementLine:
    word, reference = row["Transaction Type"].strip(), ours(row["Client Unique ID"])
    amount, fee = decimal_of(row["Amount"] or "0"), decimal_of(row["Fee"] or "0")
    if amount < 0 or fee < 0 or not word:
        raise ValueError("the type is missing, or an amount has a sign")
    kind, way = _kind(word, reference)
    return SettlementLine(
        kind=kind,
        reference=reference,
        gateway_reference=reference_of(row["Transaction ID"]),
        gross=amount * way,
        fee=fee,
        currency=currency_of(row["Currency"]),
        booked_on=day_of(row["Date"]),
        text=told(word),
    )


def _kind(word: str, reference: str) -> tuple[NewsKind, int]:
    if word.lower() in OWN_TYPES:
        return OWN_TYPES[word.lower()]
    if word.lower() == "fee":
        return NewsKind.NOTED, 0
    return KINDS.get(action_of(word, out=goes_out(reference)), (NewsKind.UNKNOWN, 1))
