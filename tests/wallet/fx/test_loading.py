"""Rates in the database: kept with source and hash, never edited, carried over weekends."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import IntegrityError, ProgrammingError, transaction

from tests.wallet.fx.test_ecb import SAMPLE, a_file, a_rate
from wallet.ecb import RatesFileError
from wallet.models import FxRate
from wallet.selectors.fx_rates import SAMPLE_SOURCE, RateInForce, fx_rate_in_force
from wallet.services.fx_rates import fx_rates_load

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 7, 5, 16, 15, tzinfo=UTC)


def test_a_file_is_stored_with_its_source_day_and_hash() -> None:
    loaded = fx_rates_load(data=SAMPLE, now=NOW, actor="system:tests")
    assert (loaded.added, loaded.unchanged, loaded.revised) == (30, 0, ())
    dollar = FxRate.objects.get(currency="USD")
    assert dollar.units_per_base == Decimal("1.0705")
    assert (dollar.valid_on, dollar.source, dollar.revision) == (date(2024, 6, 28), "ECB", 1)
    assert dollar.file_sha256 == hashlib.sha256(SAMPLE).hexdigest()


def test_the_same_file_twice_adds_nothing() -> None:
    fx_rates_load(data=SAMPLE, now=NOW, actor="system:tests")
    again = fx_rates_load(data=SAMPLE, now=NOW, actor="system:tests")
    assert (again.added, again.unchanged) == (0, 30)
    assert FxRate.objects.count() == 30


def test_other_figures_of_a_stored_day_become_a_revision_that_counts() -> None:
    fx_rates_load(data=a_file(a_rate("USD", "1.07"), a_rate("SEK", "11.3")), now=NOW, actor="system:tests")
    loaded = fx_rates_load(data=a_file(a_rate("USD", "1.08"), a_rate("SEK", "11.30")), now=NOW, actor="system:tests")
    assert (loaded.added, loaded.revised, loaded.unchanged) == (1, ("USD 2024-06-28",), 1)
    rate = fx_rate_in_force("USD", date(2024, 6, 28))
    assert rate is not None
    assert rate.units_per_base == Decimal("1.08")
    assert FxRate.objects.filter(currency="USD").count() == 2


def test_a_refused_file_stores_nothing() -> None:
    for data in (a_file(a_rate("USD", "1.07"), a_rate("SEK", "0")), a_file(a_rate(), day="2024-07-06")):
        with pytest.raises(RatesFileError):
            fx_rates_load(data=data, now=NOW, actor="system:tests")
    assert not FxRate.objects.exists()


def test_weekends_carry_friday_forward_and_the_future_is_not_in_force() -> None:
    fx_rates_load(data=a_file(a_rate("USD", "1.07"), day="2024-06-28"), now=NOW, actor="system:tests")
    fx_rates_load(data=a_file(a_rate("USD", "1.09"), day="2024-07-01"), now=NOW, actor="system:tests")
    for day, units in (("2024-06-28", "1.07"), ("2024-06-30", "1.07"), ("2024-07-01", "1.09"), ("2024-07-20", "1.09")):
        rate = fx_rate_in_force("USD", date.fromisoformat(day))
        assert rate is not None
        assert rate.units_per_base == Decimal(units)
    assert fx_rate_in_force("USD", date(2024, 6, 27)) is None
    assert fx_rate_in_force("SEK", date(2024, 7, 1)) is None


def test_a_rate_grows_stale_and_the_base_currency_never_does() -> None:
    fx_rates_load(data=a_file(a_rate("USD", "1.07")), now=NOW, actor="system:tests")
    rate = fx_rate_in_force("USD", date(2024, 7, 20))
    assert rate is not None
    assert not rate.is_stale(on=date(2024, 7, 3), max_age_days=5)
    assert rate.is_stale(on=date(2024, 7, 4), max_age_days=5)
    euro = fx_rate_in_force("EUR", date(2024, 7, 20))
    assert euro == RateInForce(None, "EUR", Decimal(1), None)
    assert not euro.is_stale(on=date(2100, 1, 1), max_age_days=1)


def test_the_sample_can_be_given_todays_date_and_says_that_it_is_no_market_rate() -> None:
    out = StringIO()
    call_command("load_fx_rates", "--sample", "--as-of", "2024-07-04", stdout=out)
    assert "30 added" in out.getvalue()
    assert "not market rates" in out.getvalue()
    assert set(FxRate.objects.values_list("source", "valid_on")) == {(SAMPLE_SOURCE, date(2024, 7, 4))}
    fx_rates_load(data=a_file(a_rate("USD", "1.5"), day="2024-07-04"), now=NOW, actor="system:tests")
    rate = fx_rate_in_force("USD", date(2024, 7, 4))
    assert rate is not None
    assert rate.units_per_base == Decimal("1.5")  # of one day, the published figure counts


def test_published_rates_keep_their_day() -> None:
    with pytest.raises(RatesFileError, match="Only the bundled sample"):
        fx_rates_load(data=SAMPLE, now=NOW, actor="system:tests", valid_on=date(2024, 7, 4))
    with pytest.raises(CommandError, match="--as-of goes with --sample only"):
        call_command("load_fx_rates", "--file", "x.xml", "--as-of", "today")


def test_another_base_currency_stores_crossed_rates(settings: LazySettings) -> None:
    settings.BASE_CURRENCY = "USD"
    fx_rates_load(data=a_file(a_rate("USD", "1.0705"), a_rate("JPY", "171.94")), now=NOW, actor="system:tests")
    assert dict(FxRate.objects.values_list("currency", "units_per_base")) == {
        "EUR": Decimal("0.934142923867"),
        "JPY": Decimal("160.616534329752"),
    }


@pytest.mark.parametrize("content", [None, b"<rates/>", b"\x00\xff"])
def test_the_command_refuses_in_one_line(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "rates.xml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError) as raised:
        call_command("load_fx_rates", file=path)
    assert str(raised.value).endswith("Nothing was stored.")
    assert "\n" not in str(raised.value)


def test_a_stored_rate_can_not_be_edited() -> None:
    fx_rates_load(data=a_file(a_rate()), now=NOW, actor="system:tests")
    with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
        FxRate.objects.update(units_per_base=2)
