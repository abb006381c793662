"""The ECB's format: what is read, and what is refused whole with one line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import httpx2
import pytest

import wallet
from wallet.ecb import MAX_FILE_BYTES, RatesDay, RatesFileError, ecb_parse, rebased
from wallet.ecb_download import rates_download

SAMPLE = (Path(wallet.__file__).parent / "data" / "eurofxref-daily.xml").read_bytes()
HEAD = (
    '<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" '
    'xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref"><Cube>'
)


def a_file(*rates: str, day: str = "2024-06-28") -> bytes:
    return f"{HEAD}<Cube time='{day}'>{''.join(rates)}</Cube></Cube></gesmes:Envelope>".encode()


def a_rate(currency: str = "USD", rate: str = "1.0705") -> str:
    return f"<Cube currency='{currency}' rate='{rate}'/>"


def test_the_bundled_sample_is_read_exactly() -> None:
    (day,) = ecb_parse(SAMPLE)
    assert day.valid_on == date(2024, 6, 28)
    assert len(day.units) == 30
    assert day.units["USD"] == Decimal("1.0705")
    assert str(day.units["HUF"]) == "395.10"


def test_several_days_come_oldest_first() -> None:
    text = f"{HEAD}<Cube time='2024-07-01'>{a_rate()}</Cube><Cube time='2024-06-28'>{a_rate()}</Cube></Cube>"
    days = ecb_parse(f"{text}</gesmes:Envelope>".encode())
    assert [day.valid_on.isoformat() for day in days] == ["2024-06-28", "2024-07-01"]


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;">]>'
    b"<gesmes:Envelope>&lol2;</gesmes:Envelope>"
)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not well-formed"),
        (b"\xff\xfe\x00", "not well-formed"),
        (b"<a>", "not well-formed"),
        (b"<?xml version='1.0' encoding='klingon'?><a/>", "not well-formed"),
        (BOMB, "DTD or entities"),
        (b'<!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd"><a/>', "DTD or entities"),
        (b"<rates/>", "root is 'rates'"),
        (f"{HEAD}</Cube></gesmes:Envelope>".encode(), "no day"),
        (a_file(), "no rates"),
        (a_file(a_rate(), day="28.06.2024"), "not a day"),
        (a_file(a_rate(), day="2024-02-30"), "not a day"),
        (a_file(a_rate(), day="20240628"), "not a day"),
        (a_file(a_rate(rate="0")), "not a positive plain decimal"),
        (a_file(a_rate(rate="0.000")), "not a positive plain decimal"),
        (a_file(a_rate(rate="-1.07")), "not a positive plain decimal"),
        (a_file(a_rate(rate="NaN")), "not a positive plain decimal"),
        (a_file(a_rate(rate="Infinity")), "not a positive plain decimal"),
        (a_file(a_rate(rate="1e9")), "not a positive plain decimal"),
        (a_file(a_rate(rate="1,07")), "not a positive plain decimal"),
        (a_file(a_rate(rate="١")), "not a positive plain decimal"),
        (a_file(a_rate(rate="1" * 400)), "not a positive plain decimal"),
        (a_file(a_rate(rate="1.0000000000001")), "not a positive plain decimal"),
        (a_file("<Cube currency='USD'/>"), "not a positive plain decimal"),
        (a_file(a_rate("XXQ")), "not a currency that we know"),
        (a_file(a_rate("EUR", "1")), "not a currency that we know"),
        (a_file("<Cube rate='1'/>"), "not a currency that we know"),
        (a_file(a_rate(), a_rate()), "stands there twice"),
        (b" " * (MAX_FILE_BYTES + 1), "larger than"),
    ],
)
def test_a_file_that_is_not_sound_is_refused_in_one_line(data: bytes, reason: str) -> None:
    with pytest.raises(RatesFileError, match=reason) as raised:
        ecb_parse(data)
    assert "\n" not in str(raised.value)
    assert len(str(raised.value)) < 200


def test_another_base_is_crossed_through_the_euro_half_even_to_twelve_decimals() -> None:
    day = RatesDay(date(2024, 6, 28), {"USD": Decimal("1.0705"), "JPY": Decimal("171.94")})
    assert rebased(day, "EUR") is day
    in_dollars = rebased(day, "USD").units
    assert set(in_dollars) == {"EUR", "JPY"}
    assert in_dollars["EUR"] == Decimal("0.934142923867")
    assert in_dollars["JPY"] == Decimal("160.616534329752")


def test_a_base_without_a_rate_is_refused() -> None:
    with pytest.raises(RatesFileError, match="no rate for CHF, the base currency"):
        rebased(RatesDay(date(2024, 6, 28), {"USD": Decimal("1.0705")}), "CHF")


def serve(answer: httpx2.Response) -> httpx2.MockTransport:
    return httpx2.MockTransport(lambda _request: answer)


def test_a_download_is_bounded_and_its_troubles_are_one_line() -> None:
    url = "http://rates.test/daily.xml"
    assert rates_download(url, transport=serve(httpx2.Response(200, content=SAMPLE))) == SAMPLE
    with pytest.raises(RatesFileError, match="answers 503: set FX_SOURCE_URL"):
        rates_download(url, transport=serve(httpx2.Response(503)))
    with pytest.raises(RatesFileError, match="sends more than"):
        rates_download(url, transport=serve(httpx2.Response(200, content=b" " * (MAX_FILE_BYTES + 1))))
    with pytest.raises(RatesFileError, match="can not be reached"):
        rates_download("http://127.0.0.1:1/daily.xml")
    with pytest.raises(RatesFileError, match="can not be reached"):
        rates_download("nonsense")
