"""SQL that breaks each promise of facts (tests/wallet/guards), on the rows of `facts_of_the_story`."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection

from players.models import Brand
from tests.facts.house import calendar_make

_CALENDAR = (
    "INSERT INTO facts_calendar (brand_id, from_day, time_zone, day_starts, added_at, added_by)"
    " VALUES (%(facts_brand)s, {day}, 'UTC', {starts}, now(), 'x')"
)
_PLAY = (
    "INSERT INTO facts_play (posted_day, settled_day, brand_id, jurisdiction, currency, player_id, is_test,"
    " provider_id, game_id, first_at, last_at, bets, rounds, stake_real, stake_bonus, void_real, void_bonus, win_real,"
    " win_bonus, unwin_real, unwin_bonus, contribution, jackpot_win, free_win, promo_win)"
    " VALUES ('2026-01-01', NULL, 1, 'MT', 'EUR', 1, false, 1, 1, now(), now(), 0,"
    " 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)"
)
_GAME = _PLAY.replace("facts_play", "facts_game").replace("player_id, ", "").replace(" 1, false", " false").replace(
    "first_at, last_at, ", ""
).replace("now(), now(), ", "")  # fmt: skip
_MONEY = (
    "INSERT INTO facts_money (posted_day, brand_id, jurisdiction, currency, player_id, is_test, kind, scope, count,"
    " real, bonus, held, owed) VALUES ('2026-01-01', 1, 'MT', 'EUR', 1, false, 'deposit', 'x', 1, 1, 0, 0, 0)"
)
_BALANCE = (
    "INSERT INTO facts_balance (posted_day, brand_id, jurisdiction, currency, player_id, is_test, real, bonus, held,"
    " owed)"
    " VALUES ('2026-01-01', 1, 'MT', 'EUR', 1, false, 1, 0, 0, 0)"
)
_RATE = "INSERT INTO facts_rate (day, currency, rate, source, fixed) VALUES ('2026-01-01', 'USD', 1, 'x', true)"
BY_ANYBODY: dict[str, list[str]] = {
    "one_calendar_per_brand_and_day": [_CALENDAR.format(day="'2040-01-01'", starts="'0'")],
    "business_day_begins_clear_of_clock_changes": [
        _CALENDAR.format(day="'2041-01-01'", starts="'2 hours'"),
        _CALENDAR.format(day="'2041-01-01'", starts="'24 hours'"),
    ],
    "calendar_begins_on_a_day_to_come": [_CALENDAR.format(day="'2039-01-01'", starts="'0'")],
    "one_fact_of_play": [_PLAY],
    "one_fact_of_a_game": [_GAME],
    "one_fact_of_money": [_MONEY],
    "one_closing_balance_a_day": [_BALANCE],
    "one_rate_per_day_and_currency": [_RATE],
    "rates_of_ended_days_stay": ["UPDATE facts_rate SET rate = 2 WHERE currency = 'USD' AND day = '2026-01-01'"],
    "ledger_is_read_on": ["UPDATE facts_reader SET commit_order = commit_order - 1"],
}  # fmt: skip
BY_OWNER: dict[str, list[str]] = {
    "calendars_are_never_edited": [
        "UPDATE facts_calendar SET time_zone = 'Europe/Malta'", "DELETE FROM facts_calendar",
    ],
}  # fmt: skip


def facts_of_the_story() -> dict[str, Any]:
    """A brand with a calendar, and a row of each kind."""
    brand = Brand.objects.create(code="facts", name="Facts", jurisdiction="MT")
    calendar_make(brand, date(2040, 1, 1), "UTC")
    with connection.cursor() as cursor:
        for insert in (_PLAY, _GAME, _MONEY, _BALANCE, _RATE):
            cursor.execute(insert)
        cursor.execute("INSERT INTO facts_reader (id, commit_order, mark_order) VALUES (1, 1, 0)")
    return {"facts_brand": brand.pk}
