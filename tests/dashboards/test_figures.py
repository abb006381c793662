"""Figures of dashboards, by hand and beside the reports they are from; who may look; how many queries it takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from common.scope import EVERYTHING, Scope, ScopePart
from players.models import Brand
from reporting.catalogue.reading import totals
from reporting.catalogue.registry import report_get
from reporting.catalogue.types import Question
from reporting.dashboards.admin import games, liability, payments, players, providers, revenue, safer
from reporting.dashboards.types import Tile
from reporting.facts.models import GamePlay, Money, Rate
from tests.access.play import DAY, games_make, played
from tests.dashboards.rows import cohorts_make
from tests.factories import brand_make
from tests.signin.session import sign_in
from tests.staff import staff_member

pytestmark = pytest.mark.django_db
PAGES = (games, liability, payments, players, providers, revenue, safer)
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def asked(first: date = DAY, last: date = DAY, **more: object) -> Question:
    return Question(
        **{"first": first, "last": last, "as_of": NOW, "scope": EVERYTHING, "converted": True} | more  # type: ignore[arg-type]
    )


def shown(tiles: object) -> dict[str, str]:
    """What the tiles of a page say, by their titles: exact, where they have an exact value."""
    assert isinstance(tiles, (list, tuple))
    return {tile.title: tile.exact.removesuffix(" EUR") or tile.shown for tile in tiles if isinstance(tile, Tile)}


def money(player: int, day: date, kind: str = "deposit", **purses: str) -> None:
    Money.objects.create(
        posted_day=day, brand_id=brand_make().pk, jurisdiction="MT", currency="EUR", player_id=player, is_test=False,
        kind=kind, count=1, **{name: Decimal(value) for name, value in purses.items()},
    )  # fmt: skip


def test_ggr_and_ngr_by_hand_in_two_currencies_and_against_the_day_before() -> None:
    game = games_make(1)[0]
    Rate.objects.create(day=DAY, currency="SEK", rate=Decimal(10), source="by hand")
    played(game, stake="100", bonus="20", win="90", contribution="1.50", jackpot="40")
    played(game, stake="500", win="300", currency="SEK", player=2)
    played(game, DAY - timedelta(days=1), stake="50", win="60")
    money(1, DAY, "bonus_grant", bonus="12")
    money(1, DAY, "bonus_forfeit", bonus="-2")
    found = revenue.parts(asked())
    told = shown(found.tiles)
    # Turnover 100 + 20 + 500 / 10; won 90 + 300 / 10; GGR without what pools paid: 170 - 120 - 1.50.
    assert told["Turnover"] == "170"
    assert told["GGR"] == "48.5"
    # NGR (CRM): less bonus granted and not forfeited, 12 - 2.
    assert told["NGR"] == "38.5"
    # Hold (KPI-02 by KPI-01): jackpots count when paid: (170 - 120 - 40) / 170.
    assert told["Hold"].startswith("5.88")
    assert told["Bets"] == "20"
    ggr = next(tile for tile in found.tiles if tile.title == "GGR")
    assert ggr.note == "-10.00 in the days before"
    assert "KPI-04" in ggr.about
    assert "version" in ggr.about
    assert [list(one.values) for one in found.plots[0].chart.series] == [[Decimal("48.5")], [Decimal(-10)]]
    assert not found.warnings


def test_a_day_without_a_rate_is_told_and_not_summed() -> None:
    game = games_make(1)[0]
    played(game, stake="100", win="0")
    played(game, stake="7", win="0", currency="SEK", player=2)
    found = revenue.parts(asked())
    assert shown(found.tiles)["GGR"] == "100"
    assert "1 facts" in found.warnings[0]


def test_dashboards_say_what_their_reports_say_to_the_cent() -> None:
    for number, game in enumerate(games_make(4)):
        for day in range(3):
            played(game, DAY + timedelta(days=day), stake=f"{100 + number}.{day}7", win="91.33", contribution="0.01")
    question = asked(DAY, DAY + timedelta(days=2))
    for code, page in (("provider-performance", providers), ("game-performance", games)):
        (total,) = totals(report_get(code), question)
        by_report = {"GGR": total.values["ggr"], "Turnover": total.values["turnover"]}
        by_day = shown(revenue.parts(question).tiles)
        assert {name: Decimal(by_day[name]) for name in by_report} == by_report, code
        if page is providers:
            assert {name: Decimal(shown(page.parts(question).tiles)[name]) for name in by_report} == by_report
    chart = revenue.parts(question).plots[0].chart
    assert sum(chart.series[0].values) == by_report["GGR"]  # type: ignore[arg-type]


def test_liability_ends_each_day_with_everything_that_moved_until_then() -> None:
    money(1, DAY - timedelta(days=40), real="100")
    money(2, DAY, real="50", bonus="5")
    money(1, DAY + timedelta(days=1), "hold", real="-30", held="30")
    money(1, DAY + timedelta(days=2), "withdrawal", held="-30")
    money(1, DAY + timedelta(days=9), real="1000")
    game = games_make(1)[0]
    played(game, stake="7", win="0", settled=False)
    found = liability.parts(asked(DAY - timedelta(days=1), DAY + timedelta(days=2)))
    cash, held, bonus = (list(one.values) for one in found.plots[0].chart.series)
    assert cash == [100, 150, 120, 120]
    assert held == [0, 0, 30, 0]
    assert bonus == [0, 5, 5, 5]
    told = shown(found.tiles)
    assert (told["Cash of players"], told["Withdrawals under way"], told["In open rounds"]) == ("120", "0", "7")
    assert {"In jackpots", "At the bank", "Covered by the bank"} <= told.keys()
    narrowed = liability.parts(asked(brand_id=brand_make().pk))
    assert "At the bank" not in shown(narrowed.tiles), "the house's own accounts belong to no brand"


def test_figures_keep_to_the_reach() -> None:
    game = games_make(1)[0]
    polar = Brand.objects.create(code="polar", name="Polar", jurisdiction="SE")
    played(game, stake="100", win="0")
    played(game, stake="7", win="0", brand_id=polar.pk, jurisdiction="SE", player=2)
    within = Scope((ScopePart(brands=frozenset({polar.pk})),))
    for page in (revenue, providers):
        assert shown(page.parts(asked()).tiles)["GGR"] == "107"
        assert shown(page.parts(asked(scope=within)).tiles)["GGR"] == "7"
        assert shown(page.parts(asked(jurisdiction="MT")).tiles)["GGR"] == "100"


@contextmanager
def queries(most: int) -> Iterator[None]:
    with CaptureQueriesContext(
        connection,
    ) as found:
        yield
    assert len(found) <= most, [query["sql"][:80] for query in found]


def test_each_page_takes_few_queries_however_much_there_is_and_says_when_there_is_nothing() -> None:
    brand_make()
    for page in PAGES:
        assert page.parts(asked(DAY - timedelta(days=27))).empty, page.__name__
    for game in games_make(6):
        for day in range(5):
            played(game, DAY - timedelta(days=day))
    for page in PAGES:
        with queries(30):
            page.parts(asked(DAY - timedelta(days=27)))


def test_pages_open_to_their_right_alone_and_refuse_wrong_days() -> None:
    brand_make()
    stranger, finance = sign_in(Client(), staff_member("affiliates")), sign_in(Client(), staff_member("finance"))
    assert stranger.get("/admin/dashboards/revenue/").status_code == 403
    assert finance.get("/admin/dashboards/revenue/").status_code == 200
    wrong = finance.get("/admin/dashboards/revenue/?first=2026-03-02&last=2026-03-01").content.decode()
    assert "The first day lies after the last." in wrong


def test_a_sandbox_of_test_players_alone_shows_them_until_somebody_chooses(settings: Any) -> None:
    settings.SANDBOX = True
    (game,) = games_make(1)
    played(game, DAY, stake="100", win="90")
    GamePlay.objects.update(is_test=True)
    finance = sign_in(Client(), staff_member("finance"))
    days = "first=2026-03-02&last=2026-03-02"
    assert "10.00 EUR" in finance.get(f"/admin/dashboards/revenue/?{days}").content.decode()
    assert "10.00 EUR" not in finance.get(f"/admin/dashboards/revenue/?{days}&players=").content.decode()
    played(game, DAY, stake="7", win="3", player=2)
    assert "4.00 EUR" in finance.get(f"/admin/dashboards/revenue/?{days}").content.decode()


def test_every_tile_and_chart_of_a_page_names_a_report_that_exists() -> None:
    game = games_make(1)[0]
    played(game)
    for page in (games, providers):
        found = page.parts(asked())
        for address in [*(tile.address for tile in found.tiles), *(plot.address for plot in found.plots)]:
            assert re.match(r"/admin/reports/[a-z-]+/\?first=2026-03-02&last=2026-03-02", address), address


def test_retention_counts_each_cohort_by_week() -> None:
    games_make(1)
    today = date(2026, 3, 26)
    cohorts_make(today)
    found = players.parts(asked(today - timedelta(days=27), today, as_of=datetime(2026, 3, 27, tzinfo=UTC)))
    assert found.heat is not None
    told = {name: [cell.words for cell in cells] for name, cells in found.heat.rows}
    # Four players in each cohort; of each, one less plays in every further week.
    assert told == {
        "2026-03-02 (4)": ["100 %", "75 %", "50 %", "25 %", "", "", "", ""],
        "2026-03-09 (4)": ["100 %", "75 %", "50 %", "", "", "", "", ""],
        "2026-03-16 (4)": ["100 %", "75 %", "", "", "", "", "", ""],
        "2026-03-23 (4)": ["100 %", "", "", "", "", "", "", ""],
    }
    assert shown(found.tiles)["First deposits"] == "16"
