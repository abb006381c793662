from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from casino.play.models import Round
from common.backoffice.display import instant, money, span
from common.backoffice.time_range import serial_floor, uuid7_floor
from common.ids import uuid7
from tests.admin.conftest import House


@pytest.mark.parametrize(
    ("amount", "currency", "shown", "exact"),
    [
        ("1234567.5", "EUR", "1,234,567.50 EUR", "1234567.50"),
        ("-3.005", "EUR", "≈\u22123.00 EUR", "-3.005"),
        ("0.002", "EUR", "0.002 EUR", "0.002"),
        ("0", "EUR", "0.00 EUR", "0.00"),
        ("1500", "JPY", "1,500 JPY", "1500"),
        ("0.000000000000000001", "ETH", "0.000000000000000001 ETH", "0.000000000000000001"),
        ("99999999999999999999.999999999999999999", "BTC", "≈100,000,000,000,000,000,000.00000000 BTC",
         "99999999999999999999.999999999999999999"),
    ],
)  # fmt: skip
def test_amounts_are_shown_rounded_and_told_exactly(amount: str, currency: str, shown: str, exact: str) -> None:
    text = money(Decimal(amount), currency)
    assert f">{shown}<" in text
    assert f"exactly {exact} {currency}" in text


def test_moments_are_shown_in_utc_with_their_zone(noon: datetime) -> None:
    assert "2026-11-20 12:00:00 UTC" in instant(noon)
    assert "2026-11-20T12:00:00.000000Z" in instant(noon)


def test_spans_are_told_in_their_two_largest_units() -> None:
    assert [span(s) for s in (0, 59, 61, 3600, 90_000)] == ["0 s", "59 s", "1 min 1 s", "1 h", "1 d 1 h"]


def test_a_drawn_id_is_above_the_floor_of_its_millisecond() -> None:
    made = uuid7()
    moment = datetime.fromtimestamp((made.int >> 80) / 1000).astimezone()
    assert uuid7_floor(moment) < made < uuid7_floor(moment + timedelta(milliseconds=2))
    assert uuid7_floor(moment - timedelta(days=100_000)) == UUID(int=0)


def test_a_serial_key_is_found_by_bisection(house: House) -> None:
    noon = house.round.opened_at
    for hours in (1, 2, 3):
        Round.objects.create(
            provider=house.provider, player=house.alice, reference=f"b-{hours}", game=house.game, currency="EUR",
            staked=Decimal(0), won=Decimal(0), live_bets=0, live_wins=0, dead_bets=0, balance_before=Decimal(0),
            balance_after=Decimal(0), opened_at=noon + timedelta(hours=hours),
        )  # fmt: skip
    keys = list(Round.objects.order_by("pk").values_list("pk", flat=True))
    assert serial_floor(Round.objects.all(), "opened_at", noon) == keys[0]
    assert keys[1] < serial_floor(Round.objects.all(), "opened_at", noon + timedelta(minutes=90)) <= keys[2]
    assert serial_floor(Round.objects.all(), "opened_at", noon + timedelta(hours=9)) > keys[-1]
