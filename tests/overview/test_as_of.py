"""The instants that people write, and those that are refused with a clear sentence."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.errors import Refusal
from reporting.overview.as_of import instant_read
from reporting.overview.errors import BadInstant, InstantToCome
from reporting.overview.local_time import local_time_text
from tests.factories import NOON


@pytest.mark.parametrize(
    "text",
    ["2026-03-01T14:30", "2026-03-01 14:30", " 2026-03-01 14:30:00 ", "2026-03-01T14:30Z", "2026-03-01 14:30 UTC"],
)
def test_an_instant_is_read_in_utc(text: str) -> None:
    assert instant_read(text, now=NOON) == NOON.replace(day=1, hour=14, minute=30)


def test_a_day_means_its_end_and_today_means_now() -> None:
    assert instant_read("2026-03-01", now=NOON) == NOON.replace(
        day=1, hour=23, minute=59, second=59, microsecond=999_999
    )
    assert instant_read("2026-03-02", now=NOON) == NOON


def test_nothing_asked_is_no_instant() -> None:
    assert instant_read("  ", now=NOON) is None


@pytest.mark.parametrize("text", ["nonsense", "2026-13-01", "2026-02-30", "14:30", "9" * 40, "<script>", "2026-03-01T25:00"])
def test_what_is_no_instant_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(BadInstant) as refused:
        instant_read(text, now=NOON)
    assert "2026-03-02 14:30" in refused.value.message


def test_the_future_is_refused() -> None:
    with pytest.raises(InstantToCome):
        instant_read(f"{NOON + timedelta(minutes=1):%Y-%m-%d %H:%M}", now=NOON)
    with pytest.raises(InstantToCome):
        instant_read("2026-03-03", now=NOON)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = instant_read(text, now=NOON)
    except Refusal:
        return
    assert found is None or found <= NOON


def test_the_clock_of_a_country_is_told_and_of_many_zones_as_a_span() -> None:
    assert local_time_text("MT", NOON) == "13:00"
    assert local_time_text("JP", NOON) == "21:00"
    assert local_time_text("US", NOON).endswith(", by region")
    assert local_time_text("XX", NOON) == ""
