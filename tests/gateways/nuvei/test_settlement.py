"""The rows of Control Panel's settlement report."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import pytest

from casino.gateways.adapters.nuvei.adapter import NuveiAdapter
from casino.gateways.enums import NewsKind
from tests.gateways.wire_process import wire


def test_each_row_is_a_fact_and_they_sum_to_the_net_column() -> None:
    raw = wire("nuvei", "settlement.csv")
    lines = list(NuveiAdapter().settlement_lines(BytesIO(raw)))
    assert [(one.kind, one.reference, str(one.gross), str(one.fee)) for one in lines] == [
        (NewsKind.DEPOSIT_CONFIRMED, "D-1", "115.00", "2.30"),
        (NewsKind.REFUND_DONE, "R-1", "-15.00", "0.25"),
        (NewsKind.PAYOUT_CONFIRMED, "W-1", "-40.00", "0.50"),
        (NewsKind.CHARGEBACK, "D-2", "-60.00", "25.00"),
        (NewsKind.PAYOUT_RETURNED, "W-2", "20.00", "0"),
        (NewsKind.NOTED, "", "0", "9.99"),
    ]
    net = sum((Decimal(row.rsplit(",", 1)[1]) for row in raw.decode().splitlines()[1:]), Decimal(0))
    assert sum(one.gross - one.fee for one in lines) == net


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [(b"USD,115.00", b"USD,-115.00", "line 2"), (b"USD,15.00", b"USDX,15.00", "line 3"),
     (b"2026-11-19 10:00:00", b"", "line 4"), (b",Chargeback,", b",,", "line 5"),
     (b"Fee,Net", b"Charge,Net", "line 1")],
)  # fmt: skip
def test_a_row_that_cannot_be_understood_is_named(old: bytes, new: bytes, line: str) -> None:
    raw = wire("nuvei", "settlement.csv")
    assert old in raw
    with pytest.raises(ValueError, match=line):
        list(NuveiAdapter().settlement_lines(BytesIO(raw.replace(old, new, 1))))
