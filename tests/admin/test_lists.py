"""Lists take a constant number of bounded queries, whatever stands in the tables."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casino.play.models import Round
from common.backoffice import lists as bounded
from common.clock import utc_now
from players.models import Player
from tests.admin.conftest import House, played_call
from tests.admin.screens import address, lists, name_of
from tests.factories import caches_forget

MOST_QUERIES = 16  # six of them count for the side bar


def queries_of(office: Client, path: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert office.get(path).status_code == 200
    return [query["sql"] for query in captured]


def more_play(house: House, count: int) -> None:
    now = utc_now()
    for number in range(count):
        player = Player.objects.create(
            public_id=f"pl_more{number}", brand=house.alice.brand, nickname=f"More {number}", currency="EUR",
            country="MT", jurisdiction="MT", created_at=now,
        )  # fmt: skip
        played = Round.objects.create(
            provider=house.provider, player=player, reference=f"more-{number}", game=house.game, currency="EUR",
            staked=Decimal(1), won=Decimal(0), live_bets=1, live_wins=0, dead_bets=0, balance_before=Decimal(10),
            balance_after=Decimal(9), opened_at=now,
        )  # fmt: skip
        played_call(played, house.purse, "bet", f"more-{number}", Decimal(1), now)


def cold_queries_of(office: Client, path: str) -> list[str]:
    """With nothing remembered, the counts of the side bar included: whatever else runs, it is the same work."""
    cache.clear()
    caches_forget()
    return queries_of(office, path)


@pytest.mark.parametrize("screen", lists(), ids=name_of)
def test_a_list_takes_as_many_queries_with_more_rows(screen: Any, office: Client, house: House) -> None:
    path = address(screen, "changelist")
    queries_of(office, path)
    few = cold_queries_of(office, path)
    more_play(house, 12)
    many = cold_queries_of(office, path)
    assert len(many) <= len(few) <= MOST_QUERIES
    counted = [sql for sql in many if "COUNT(*)" in sql.upper() and screen.model._meta.db_table in sql]
    assert not [sql for sql in counted if "LIMIT" not in sql]  # a badge counts up to its bound
    assert f"LIMIT {screen.list_per_page + 1}" in " ".join(many)


@pytest.mark.parametrize("screen", lists(), ids=name_of)
def test_an_empty_list_says_what_to_do(screen: Any, office: Client) -> None:
    text = office.get(address(screen, "changelist")).content.decode()
    if not screen.model.objects.exists():
        assert "Nothing here yet" in text
        assert screen.when_empty != "Nothing is here yet."


@pytest.mark.parametrize("screen", lists(), ids=name_of)
def test_a_search_that_finds_nothing_says_so(screen: Any, office: Client, house: House) -> None:
    text = office.get(address(screen, "changelist"), {"q": "no-such-thing"}).content.decode()
    assert ("Nothing matches" in text) == bool(screen.search_fields)


def test_one_row_more_is_read_to_know_of_a_next_page(
    office: Client, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    more_play(house, 5)
    screen = next(screen for screen in lists() if name_of(screen) == "play_round")
    monkeypatch.setattr(screen, "list_per_page", 3)
    first = office.get("/admin/play/round/").content.decode()
    second = office.get("/admin/play/round/?p=2").content.decode()
    assert "?p=2" in first
    assert "more-4" in first
    assert "more-1<" not in first
    assert "more-1" in second
    assert "?p=3" not in second
    assert office.get("/admin/play/round/?p=100000000").status_code == 302


def test_a_filter_without_an_index_looks_through_a_window(
    office: Client, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    more_play(house, 5)
    monkeypatch.setattr(bounded, "WINDOW", 3)
    text = office.get("/admin/play/leg/?kind__exact=win").content.decode()
    assert "looked through the newest" in text
    assert "tx-win" not in text
    monkeypatch.setattr(bounded, "WINDOW", 1000)
    text = office.get("/admin/play/leg/?kind__exact=win").content.decode()
    assert "looked through the newest" not in text
    assert "tx-win" in text


@pytest.mark.parametrize(
    "question", ["real__gte=1", "player__nickname__contains=A", "provider__name__contains=S", "nosuch=1"]
)
def test_an_invented_filter_is_refused(question: str, office: Client, house: House) -> None:
    assert office.get(f"/admin/play/leg/?{question}").status_code in {302, 400}


def test_no_address_counts_the_choices_of_a_filter(office: Client, house: House) -> None:
    sql = queries_of(office, "/admin/play/round/?_facets=True")
    assert not [one for one in sql if "COUNT(" in one.upper() and "LIMIT" not in one]


def test_no_address_sorts_a_whole_table(office: Client, house: House) -> None:
    sql = " ".join(queries_of(office, "/admin/play/round/?o=-5.2"))
    assert 'ORDER BY "play_round"."id" DESC' in sql
    assert 'ORDER BY "play_round"."staked"' not in sql


def test_a_time_range_cuts_the_list(office: Client, house: House) -> None:
    yesterday, tomorrow = (utc_now() + timedelta(days=days) for days in (-1, 1))
    for page, mark in (("wallet/transaction", "booked_at"), ("play/leg", "booked_at"), ("play/round", "opened_at")):
        start = f"/admin/{page}/?{mark}_from_0={yesterday:%Y-%m-%d}&{mark}_from_1="
        assert "Alice" in office.get(start).content.decode()
        later = f"/admin/{page}/?{mark}_from_0={tomorrow:%Y-%m-%d}&{mark}_from_1=00:00:00"
        assert "Alice" not in office.get(later).content.decode()
        earlier = f"/admin/{page}/?{mark}_to_0={yesterday:%Y-%m-%d}&{mark}_to_1=00:00"
        assert "Alice" not in office.get(earlier).content.decode()


@pytest.mark.parametrize(
    "typed", ["from_0=9999-99-99&{0}_from_1=x", "from_0=garbage", "from_1=14:30", "to_0=2026-03-02&{0}_to_1=25:00"]
)
def test_a_time_that_can_not_be_read_is_told_and_shows_no_row_for_one_of_then(
    typed: str, office: Client, house: House
) -> None:
    for page, mark in (("wallet/transaction", "booked_at"), ("play/leg", "booked_at"), ("play/round", "opened_at")):
        text = office.get(f"/admin/{page}/?{mark}_{typed.format(mark)}").content.decode()
        assert "The time in the filter can not be read" in text, page
        assert "Alice" not in text, page
    assert "can not be read" not in office.get("/admin/play/leg/?booked_at_from_0=&booked_at_from_1=").content.decode()


@pytest.mark.parametrize("typed", ["from_0=0001-01-01", "to_0=9999-12-31", "to_0=9999-12-31&{0}_to_1=23:59:59"])
def test_the_ends_of_the_calendar_are_times_too(typed: str, office: Client, house: House) -> None:
    for page, mark in (("wallet/transaction", "booked_at"), ("play/leg", "booked_at"), ("play/round", "opened_at")):
        assert "Alice" in office.get(f"/admin/{page}/?{mark}_{typed.format(mark)}").content.decode(), page
    hour = "booked_at_from_0=0001-01-01&booked_at_from_1=00:00:00"
    assert "Alice" in office.get(f"/admin/play/leg/?{hour}").content.decode()
