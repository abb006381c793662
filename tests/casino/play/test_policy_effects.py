"""The preview of a new cap of stakes on slots counts stakes on slots, by age."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from casino.games.enums import GameCategory
from compliance.harm.models import PlayDay
from players.personal.services.personal_data import personal_data_set
from players.personal.types import PersonalDetails
from tests.casino.play.table import Table, seat
from tests.factories import NOON, game_make, provider_make, rate_make
from tests.policy.cast import preview_lines

pytestmark = pytest.mark.django_db
BANDS = [{"from_age": 18, "amount": "2", "currency": "EUR"}, {"from_age": 25, "amount": "5", "currency": "EUR"}]
NAME = "Players who staked more on slots in 30 days"


def staked(table: Table, amount: str, born: date | None = None) -> None:
    """One bet, as the watcher of behaviour sums it up."""
    table.bet(amount)
    day, _new = PlayDay.objects.get_or_create(player_id=table.player.pk, day=NOON.date())
    day.largest_stake = max(day.largest_stake, type(day.largest_stake)(amount))
    day.save()
    if born is not None:
        personal_data_set(
            player_id=table.player.pk, details=PersonalDetails(full_name=table.player.nickname, birth_date=born),
            actor="system:test", reason="registered", now=NOON,
        )  # fmt: skip


def told(value: Any) -> tuple[str, str]:
    """Before and after of the preview's line."""
    return preview_lines("slot.max_stake", value, now=NOON)[NAME]


def test_who_staked_more_on_slots_than_their_age_may_is_counted() -> None:
    slot = game_make(provider_make())
    staked(seat(slot, "Alice"), "4", date(1990, 1, 1))
    staked(seat(slot, "Bob"), "4", date(2004, 1, 1))
    staked(seat(slot, "Dora"), "6", date(1990, 1, 1))
    staked(seat(slot, "Nobody knows"), "3")
    assert told(BANDS) == ("0", "3: 3 newly")


def test_stakes_on_other_games_do_not_count() -> None:
    provider = provider_make()
    slot, wheel = game_make(provider), game_make(provider, code="wheel", category=GameCategory.ROULETTE)
    staked(seat(wheel, "Alice"), "50")
    staked(seat(slot, "Bob"), "3")
    assert told(BANDS) == ("0", "1: 1 newly")


def test_a_cap_in_another_currency_is_compared_at_todays_rate_or_said_not_to_be() -> None:
    staked(seat(game_make(provider_make()), "Alice"), "4")
    pounds = [{"from_age": 18, "amount": "5", "currency": "GBP"}]
    assert told(pounds)[0] == "not counted"
    rate_make("GBP", "2")
    assert told(pounds) == ("0", "1: 1 newly")
