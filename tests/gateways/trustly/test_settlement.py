"""The rows of ViewAutomaticSettlementDetailsCSV."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import pytest

from casino.gateways.adapters.trustly.adapter import TrustlyAdapter
from casino.gateways.enums import NewsKind
from tests.gateways.wire_process import wire


def test_each_row_is_a_fact_and_they_sum_to_the_files_total() -> None:
    lines = list(TrustlyAdapter().settlement_lines(BytesIO(wire("trustly", "settlement.csv"))))
    assert [(one.kind, one.reference, str(one.gross), str(one.fee)) for one in lines] == [
        (NewsKind.DEPOSIT_CONFIRMED, "D-1", "100.00", "0"),
        (NewsKind.REFUND_DONE, "D-1", "-5.00", "0"),
        (NewsKind.PAYOUT_CONFIRMED, "W-1", "-40.00", "0"),
        (NewsKind.NOTED, "D-1", "0", "0.95"),
    ]
    assert sum(one.gross - one.fee for one in lines) == Decimal("54.05")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [(b"EUR,100.00", b"EUR,lots", "line 2"), (b"EUR,-40.00", b"EURO,-40.00", "line 4"),
     (b"2026-11-19 10:00:00+00", b"2026-13-41", "line 5"), (b"casino,54.05,,,1234567890,\n", b'"casino\n', "line")],
)  # fmt: skip
def test_a_row_that_cannot_be_understood_is_named(old: bytes, new: bytes, line: str) -> None:
    raw = wire("trustly", "settlement.csv")
    assert old in raw
    with pytest.raises(ValueError, match=line):
        list(TrustlyAdapter().settlement_lines(BytesIO(raw.replace(old, new, 1))))
