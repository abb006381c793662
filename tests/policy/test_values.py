"""Impossible values are refused with a sentence, each by the shape of its key; possible ones read back exactly."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from compliance.policy.admin.value_fields import value_fields, value_initial, value_of
from compliance.policy.approval_kinds import row_payload
from compliance.policy.catalogue import CATALOGUE
from compliance.policy.errors import PolicyMomentRefused, PolicyRefusal, PolicyValueRefused
from compliance.policy.keys import PolicyKey as Key
from compliance.policy.local_time import moment_at
from compliance.policy.shapes import Money
from compliance.policy.spans import span_parse

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
EURO = {"amount": "150", "currency": "EUR"}
IMPOSSIBLE: list[tuple[Key, Any]] = [
    (Key.REGISTRATION_MIN_AGE, 15), (Key.REGISTRATION_MIN_AGE, 100), (Key.REGISTRATION_MIN_AGE, "18"),
    (Key.REGISTRATION_MIN_AGE, True), (Key.REGISTRATION_MIN_AGE, None), (Key.REGISTRATION_MIN_AGE, 18.5),
    (Key.REGISTRATION_KYC_BEFORE_PLAY, "yes"), (Key.REGISTRATION_KYC_BEFORE_PLAY, None),
    (Key.LIMIT_PERIODS, []), (Key.LIMIT_PERIODS, ["day", "day"]), (Key.LIMIT_PERIODS, ["year"]),
    (Key.LIMIT_PERIODS, "day"),
    (Key.LIMIT_INCREASE_DELAY_HOURS, -1), (Key.LIMIT_INCREASE_DELAY_HOURS, 9_999),
    (Key.LIMIT_MANDATORY, {"kind": "deposit", "periods": ["day"]}),
    (Key.LIMIT_MANDATORY, {"kind": "deposit", "periods": ["day"], "need": "some"}),
    (Key.LIMIT_MANDATORY, {"kind": "deposit", "periods": ["day"], "need": "all", "more": 1}),
    (Key.BREAK_OPTIONS, []), (Key.BREAK_OPTIONS, ["P0D"]), (Key.BREAK_OPTIONS, ["24h"]),
    (Key.BREAK_OPTIONS, ["PT24H", "PT24H"]), (Key.BREAK_OPTIONS, ["P1M2D"]),
    (Key.KYC_DEPOSIT_THRESHOLD, {"amount": "0", "currency": "EUR"}),
    (Key.KYC_DEPOSIT_THRESHOLD, {"amount": "-5", "currency": "EUR"}),
    (Key.KYC_DEPOSIT_THRESHOLD, {"amount": "1e3", "currency": "EUR"}),
    (Key.KYC_DEPOSIT_THRESHOLD, {"amount": "NaN", "currency": "EUR"}),
    (Key.KYC_DEPOSIT_THRESHOLD, {"amount": 150, "currency": "EUR"}),
    (Key.KYC_DEPOSIT_THRESHOLD, {"amount": "150", "currency": "EURO"}),
    (Key.KYC_DEPOSIT_THRESHOLD, {"amount": "150"}), (Key.KYC_DEPOSIT_THRESHOLD, "150"),
    (Key.SLOT_MIN_CYCLE_S, "61"), (Key.SLOT_MIN_CYCLE_S, "two"), (Key.SLOT_MIN_CYCLE_S, 3),
    (Key.SLOT_MAX_STAKE, []), (Key.SLOT_MAX_STAKE, [{"from_age": 18}]), (Key.SLOT_MAX_STAKE, [{"line": "x"}]),
    (Key.SLOT_MAX_STAKE, [{"from_age": 25, "amount": "5", "currency": "GBP"},
                          {"from_age": 18, "amount": "2", "currency": "GBP"}]),
    (Key.SLOT_MAX_STAKE, [{"from_age": 18, "amount": "2", "currency": "GBP"},
                          {"from_age": 25, "amount": "5", "currency": "EUR"}]),
    (Key.AUTOPLAY, "sometimes"), (Key.AUTOPLAY, None), (Key.JURISDICTION_ZONE, "Europe/Atlantis"),
    (Key.NET_DEPOSIT_TRIGGER, {"limit": EURO, "under_25": EURO, "window": "week", "action": "vulnerability_check"}),
    (Key.NET_DEPOSIT_TRIGGER, {"limit": None, "under_25": None, "window": "rolling_30d",
                               "action": "vulnerability_check"}),
    (Key.RETENTION_YEARS, 0), (Key.RETENTION_YEARS, 31),
]  # fmt: skip


@pytest.mark.parametrize(("key", "value"), IMPOSSIBLE, ids=lambda part: str(part)[:40])
def test_an_impossible_value_is_refused_in_one_sentence(key: Key, value: Any) -> None:
    with pytest.raises(PolicyValueRefused) as refused:
        row_payload(jurisdiction="GB", key=key, value=value, effective_from=NOON, source="a law", verified=True)
    assert refused.value.message.endswith(".")
    assert "\n" not in refused.value.message


@pytest.mark.parametrize(
    ("jurisdiction", "key", "source"),
    [("gb", "autoplay", "a law"), ("", "autoplay", "a law"), ("Great Britain", "autoplay", "a law"),
     ("GB", "no.such", "a law"), ("GB", "autoplay", "  "), ("GB\n", "autoplay", "a law")],
)  # fmt: skip
def test_an_unknown_jurisdiction_key_or_source_is_refused(jurisdiction: str, key: str, source: str) -> None:
    with pytest.raises(PolicyRefusal):
        row_payload(
            jurisdiction=jurisdiction, key=key, value="banned", effective_from=NOON, source=source, verified=True
        )


@given(value=st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=9),
                          lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner)),
       key=st.sampled_from(list(Key)))  # fmt: skip
def test_whatever_json_is_read_or_refused_and_never_crashes(value: Any, key: Key) -> None:
    shape = CATALOGUE[key].shape
    try:
        shape.read(value)
    except PolicyValueRefused:
        return
    assert shape.words(value)


SAMPLES: list[tuple[Key, Any]] = [
    (Key.REGISTRATION_MIN_AGE, 21), (Key.REGISTRATION_KYC_BEFORE_PLAY, False), (Key.LIMIT_PERIODS, ["day", "month"]),
    (Key.LIMIT_MANDATORY, {"kind": "deposit", "periods": ["day"], "need": "any"}), (Key.LIMIT_MANDATORY, None),
    (Key.BREAK_OPTIONS, ["PT24H", "P6W", "indefinite"]), (Key.KYC_DEPOSIT_THRESHOLD, EURO),
    (Key.SLOT_MIN_CYCLE_S, "2.5"), (Key.AUTOPLAY, "banned"), (Key.JURISDICTION_ZONE, "Europe/Malta"),
    (Key.SLOT_MAX_STAKE, [{"from_age": 18, "amount": "2", "currency": "GBP"},
                          {"from_age": 25, "amount": "5", "currency": "GBP"}]),
    (Key.NET_DEPOSIT_TRIGGER, {"limit": EURO, "under_25": None, "window": "rolling_30d",
                               "action": "vulnerability_check"}),
    (Key.EXCLUSION_REGISTER, {"register": "gamstop", "check_at": ["registration"], "refresh_hours": None}),
]  # fmt: skip


@pytest.mark.parametrize(("key", "value"), SAMPLES, ids=lambda part: str(part)[:40])
def test_the_form_of_a_key_gives_back_the_value_it_shows(key: Key, value: Any) -> None:
    from django import forms

    facts = CATALOGUE[key]
    shown = value_initial(facts, value)
    typed = QueryDict(mutable=True)
    for name, part in shown.items():
        typed.setlist(name, [str(item) for item in part] if isinstance(part, list) else [str(part)])
    form = type("Form", (forms.Form,), dict(value_fields(facts)))(typed)
    assert form.is_valid(), form.errors
    assert value_of(facts, form.cleaned_data) == value


def test_spans_are_calendar_ones_but_for_hours() -> None:
    malta = ZoneInfo("Europe/Malta")
    january = datetime(2028, 1, 31, 22, 30, tzinfo=UTC)
    assert span_parse("P1M").end_after(january, malta) == datetime(2028, 2, 29, 22, 30, tzinfo=UTC)
    leap = datetime(2028, 2, 29, 12, tzinfo=UTC)
    assert span_parse("P1Y").end_after(leap, malta) == datetime(2029, 2, 28, 12, tzinfo=UTC)
    # Clocks go forward on 29 March 2026: a day is then 23 hours, and 24 hours are 24 hours.
    eve = datetime(2026, 3, 28, 12, tzinfo=UTC)
    assert span_parse("P1D").end_after(eve, malta) == datetime(2026, 3, 29, 11, tzinfo=UTC)
    assert span_parse("PT24H").end_after(eve, malta) == datetime(2026, 3, 29, 12, tzinfo=UTC)
    assert span_parse("indefinite").end_after(eve, malta) is None


def test_a_date_of_law_begins_at_midnight_there() -> None:
    london, jersey = ZoneInfo("Europe/London"), ZoneInfo("America/New_York")
    assert moment_at(date(2026, 9, 30), time(0), london) == datetime(2026, 9, 29, 23, tzinfo=UTC)
    assert moment_at(date(2026, 9, 30), time(0), jersey) == datetime(2026, 9, 30, 4, tzinfo=UTC)


def test_a_time_that_clocks_skip_or_show_twice_is_refused() -> None:
    london = ZoneInfo("Europe/London")
    with pytest.raises(PolicyMomentRefused, match="forward"):
        moment_at(date(2026, 3, 29), time(1, 30), london)
    with pytest.raises(PolicyMomentRefused, match="twice"):
        moment_at(date(2026, 10, 25), time(1, 30), london)


def test_money_reads_exactly() -> None:
    assert CATALOGUE[Key.KYC_LIFETIME].shape.read({"amount": "2000.00", "currency": "EUR"}) == Money(
        Decimal(2000), "EUR"
    )
