"""The sandbox gateway's settlement file: CSV, one line per fact, totals by currency at the end. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import IO, Final

from casino.gateways.adapters.sandbox.mapping import KINDS
from casino.gateways.adapters.wire import csv_rows, currency_of, day_of, decimal_of, ours, reference_of, told
from casino.gateways.enums import NewsKind
from casino.gateways.types import SettlementLine

COLUMNS: Final = (
    "record", "batch", "booked_on", "type", "reference", "gateway_reference", "currency", "gross", "fee", "net"
)  # fmt: skip


def lines_of(file: IO[bytes]) -> Iterator[SettlementLine]:
    """The lines, streamed; each net and the totals are checked. Raises ValueError naming the line."""
    sums: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    totalled: set[str] = set()
    number = 0
    for number, row in csv_rows(file, COLUMNS):
        try:
            gross, fee, net = (decimal_of(row[name]) for name in ("gross", "fee", "net"))
            currency = currency_of(row["currency"])
            if gross - fee != net or fee < 0:
                raise ValueError("net is not gross less fee")
            if row["record"] == "total":
                if sums[currency] != [gross, fee]:
                    raise ValueError(f"the total in {currency} is not the sum of the lines")
                totalled.add(currency)
                continue
            line = _line(row, gross, fee, currency)
        except ValueError as problem:
            raise ValueError(f"line {number}: {problem}") from problem
        sums[currency][0] += gross
        sums[currency][1] += fee
        yield line
    if missing := set(sums) - totalled:
        raise ValueError(f"line {number + 1}: no total in {', '.join(sorted(missing))}: the file is cut off")


def _line(row: dict[str, str], gross: Decimal, fee: Decimal, currency: str) -> SettlementLine:
    kind = NewsKind.NOTED if row["type"] == "fee" else KINDS.get(row["type"])
    if row["record"] != "line" or kind is None:
        raise ValueError(f"a record of an unknown kind: {told(row['record'])} {told(row['type'])}")
    return SettlementLine(
        kind=kind,
        reference=ours(row["reference"]),
        gateway_reference=reference_of(row["gateway_reference"]),
        gross=gross,
        fee=fee,
        currency=currency,
        booked_on=day_of(row["booked_on"]),
        text=told(row.get("text", "")),
    )
