"""The settlement details report, line by line, and what it adds up to."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest

from casino.gateways.adapters.adyen.adapter import AdyenAdapter
from casino.gateways.enums import NewsKind
from tests.gateways.wire_process import wire

REPORT = "settlement_detail_report_batch_12.csv"


def test_each_line_is_a_fact_in_the_payments_own_currency() -> None:
    lines = list(AdyenAdapter().settlement_lines(BytesIO(wire("adyen", REPORT))))
    told = [
        (one.kind, one.reference, one.gateway_reference, str(one.gross), str(one.fee), one.currency) for one in lines
    ]
    assert told == [
        (NewsKind.DEPOSIT_CONFIRMED, "D-1", "T7FD4VM4D3RZNN82", "25.00", "0.12", "EUR"),
        (NewsKind.REFUND_DONE, "R-1", "REFUND4VM4D3RZ82", "-25.00", "0.10", "EUR"),
        (NewsKind.CHARGEBACK, "D-3", "1313642467023511", "-349.99", "7.50", "EUR"),
        (NewsKind.PAYOUT_CONFIRMED, "W-1", "8515131751004933", "-40.00", "0.25", "EUR"),
        (NewsKind.DEPOSIT_CONFIRMED, "D-4", "881513175100ABCD", "100.00", "0", "USD"),
        (NewsKind.NOTED, "D-4", "881513175100ABCD", "0", "1.50", "EUR"),
        (NewsKind.NOTED, "", "", "0", "1.05", "EUR"),
        (NewsKind.NOTED, "", "", "-10.00", "0", "EUR"),
    ]
    assert lines[0].booked_on == date(2026, 11, 18)
    euro = [one for one in lines if one.currency == "EUR" and one.reference != "D-4"]
    assert sum(one.gross - one.fee for one in euro) == Decimal("24.88") - Decimal("433.89")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (b"25.00,1,EUR,,24.88", b"25,00,1,EUR,,24.88", "line 2"),
        (b",EUR,,25.00,1", b",EUR,,1e9,1", "line 2"),
        (b"2026-11-19 09:00:00", b"yesterday", "line 3"),
        (b"349.99,,1,EUR", b",,1,EUR", "line 4"),
        (b",Chargeback,", b",,", "line 4"),
        (b"EUR,1.05", b"EURO,1.05", "line 7"),
    ],
)
def test_a_line_that_cannot_be_understood_is_named(old: bytes, new: bytes, line: str) -> None:
    raw = wire("adyen", REPORT)
    assert old in raw
    with pytest.raises(ValueError, match=line):
        list(AdyenAdapter().settlement_lines(BytesIO(raw.replace(old, new, 1))))


def test_a_type_that_nobody_knows_is_told_as_unknown() -> None:
    raw = wire("adyen", REPORT).replace(b",PaidOut,", b",Conjured,")
    kinds = [one.kind for one in AdyenAdapter().settlement_lines(BytesIO(raw))]
    assert kinds.count(NewsKind.UNKNOWN) == 1


def test_a_report_without_its_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="no column"):
        list(AdyenAdapter().settlement_lines(BytesIO(b"Psp Reference,Type\nX,Settled\n")))
    with pytest.raises(ValueError, match="no header"):
        list(AdyenAdapter().settlement_lines(BytesIO(b"")))
