"""The dashboard's figures tie to the ledger, keep to what a person may see, and stand without Valkey."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from redis.exceptions import ConnectionError as RedisDown

from casino.play.enums import LegKind
from casino.play.models import Leg, Round
from common.scope import EVERYTHING, NOTHING, Scope, ScopePart
from players.models import Brand, Player
from reporting.overview.admin.charts import Chart, Series
from reporting.overview.selectors.day_figures import Figures, day_figures, joined, read_span, seen
from reporting.overview.selectors.queues import waiting
from reporting.overview.tasks import count_hours
from tests.factories import player_make, rate_make
from tests.overview.conftest import Office
from tests.overview.scene import Scene, deposit, play, scene_make
from wallet.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)
FRIDAY = datetime(2026, 3, 13, 14, 30, tzinfo=UTC)
WEEK = timedelta(days=7)
MIDNIGHT = FRIDAY.replace(hour=0, minute=0)


@pytest.fixture
def scene() -> Scene:
    with time_machine.travel(FRIDAY - timedelta(days=20), tick=True):
        return scene_make(balance="1000")


def whole(start: datetime, end: datetime, *, scope: Scope = EVERYTHING, is_test: bool = False) -> Figures:
    return seen(read_span(start, end), scope=scope, is_test=is_test)


def test_bets_ggr_and_deposits_tie_to_the_entries(scene: Scene) -> None:
    play(scene, FRIDAY - timedelta(hours=2), ("10", "4"), ("2.5", "0"), ("1", ""))
    deposit(scene.alice, "120", FRIDAY - timedelta(hours=3))
    found = whole(MIDNIGHT, FRIDAY)
    today = Entry.objects.filter(booked_at__gte=MIDNIGHT)
    gaming = sum((entry.base_amount for entry in today.filter(account__kind="gaming")), Decimal(0))
    clearing = sum((entry.base_amount for entry in today.filter(account__kind="payment_clearing")), Decimal(0))
    assert found.ggr == gaming == Decimal("9.5")
    assert found.deposits == -clearing == Decimal(120)
    assert (found.bets, found.deposit_count) == (Leg.objects.filter(kind=LegKind.BET).count(), 1)
    assert found.players == {scene.alice.pk}


def test_foreign_money_is_counted_at_the_rate_of_its_bet(scene: Scene) -> None:
    rate_make("SEK", "10", on=FRIDAY.date())
    with time_machine.travel(FRIDAY - timedelta(hours=4), tick=True):
        emi = player_make("Emi", currency="SEK", balance="0")
    deposit(emi, "500", FRIDAY - timedelta(hours=3))
    play(scene, FRIDAY - timedelta(hours=2), ("30", "10"), player=emi)
    found = whole(MIDNIGHT, FRIDAY)
    assert (found.staked, found.ggr, found.deposits) == (Decimal(3), Decimal(2), Decimal(50))


def test_what_is_rolled_back_counts_neither_way(scene: Scene) -> None:
    with time_machine.travel(FRIDAY - timedelta(minutes=20), tick=True):
        table = play(scene, FRIDAY - timedelta(minutes=20), ("10", ""))
        table.bet("5", "x", call_id="undone")
        table.rollback("undone")
    found = whole(MIDNIGHT, FRIDAY)
    assert (found.bets, found.staked, found.ggr) == (2, Decimal(10), Decimal(10))


def test_last_week_ends_at_the_same_time_of_day(scene: Scene) -> None:
    play(scene, FRIDAY - WEEK - timedelta(hours=1), ("1", "0"))
    play(scene, FRIDAY - WEEK - timedelta(minutes=10), ("2", "0"))
    play(scene, FRIDAY - WEEK + timedelta(minutes=10), ("4", "0"))
    play(scene, FRIDAY - timedelta(minutes=10), ("8", "0"))
    days = day_figures(now=FRIDAY, seconds=30)
    so_far = seen(days.last_week_so_far, scope=EVERYTHING, is_test=False)
    assert (so_far.bets, so_far.staked) == (2, Decimal(3))
    by_hour = [seen(span, scope=EVERYTHING, is_test=False).bets if span is not None else None for span in days.today]
    assert by_hour == [0] * 14 + [1] + [None] * 9
    last_week = [seen(span or {}, scope=EVERYTHING, is_test=False).bets for span in days.last_week]
    assert (last_week[13], last_week[14], days.unread) == (1, 2, 0)


def test_an_active_player_counts_once_however_many_hours_he_played(scene: Scene) -> None:
    for hours in (1, 2, 3):
        play(scene, FRIDAY - timedelta(hours=hours), ("1", "0"))
    days = day_figures(now=FRIDAY, seconds=30)
    today = joined([span for span in days.today if span is not None])
    assert seen(today, scope=EVERYTHING, is_test=False).players == {scene.alice.pk}


def test_finished_hours_are_remembered_and_the_present_one_for_seconds(scene: Scene) -> None:
    play(scene, FRIDAY - timedelta(hours=2), ("1", "0"))
    first = day_figures(now=FRIDAY, seconds=30)
    play(scene, FRIDAY - timedelta(hours=2), ("5", "0"))
    again = day_figures(now=FRIDAY, seconds=30)
    assert again.today[12] == first.today[12], "a finished hour was read again"
    play(scene, FRIDAY - timedelta(minutes=1), ("7", "0"))
    assert day_figures(now=FRIDAY, seconds=30).today[14] == first.today[14]
    cache.delete("overview:hour:1:2026031314:now")
    assert seen(day_figures(now=FRIDAY, seconds=30).today[14] or {}, scope=EVERYTHING, is_test=False).bets == 1


def test_without_time_hours_are_told_as_not_counted_and_the_next_reading_goes_on(scene: Scene) -> None:
    play(scene, FRIDAY - timedelta(hours=2), ("1", "0"))
    hurried = day_figures(now=FRIDAY, seconds=0)
    assert hurried.unread == 14 + 24
    assert hurried.today[12] is None
    assert day_figures(now=FRIDAY, seconds=30).unread == 0


def test_the_scheduler_counts_the_hours_ahead(scene: Scene) -> None:
    with time_machine.travel(FRIDAY, tick=False):
        assert count_hours() == 0
        assert day_figures(now=FRIDAY, seconds=0).unread == 0


def test_figures_keep_to_brands_and_licences_and_test_players_apart(scene: Scene) -> None:
    with time_machine.travel(FRIDAY - timedelta(hours=2), tick=True):
        other = Brand.objects.create(code="aurora", name="Aurora", jurisdiction="IM")
        bob = player_make("Bob", balance="100")
        tester = player_make("Tester", balance="100", is_test=True)
        Player.objects.filter(pk=bob.pk).update(brand=other, jurisdiction="IM")
        bob.refresh_from_db()
    moment = FRIDAY - timedelta(hours=1)
    play(scene, moment, ("1", "0"))
    play(scene, moment, ("2", "0"), player=bob)
    span = read_span(MIDNIGHT, FRIDAY)
    of = {"is_test": False}
    assert seen(span, scope=EVERYTHING, **of).staked == Decimal(3)
    assert seen(span, scope=Scope((ScopePart(brands=frozenset({other.pk})),)), **of).staked == Decimal(2)
    assert seen(span, scope=Scope((ScopePart(jurisdictions=frozenset({"MT"})),)), **of).staked == Decimal(1)
    assert seen(span, scope=NOTHING, **of).bets == 0
    assert seen(span, scope=EVERYTHING, is_test=True).bets == 0
    assert tester.pk not in seen(span, scope=EVERYTHING, **of).players


def test_waiting_rows_are_told_by_age(scene: Scene) -> None:
    for number, hours in enumerate((0, 2, 3, 30)):
        Round.objects.create(
            provider=scene.game.provider, player=scene.alice, reference=f"open-{number}", game=scene.game,
            currency="EUR", staked=1, won=0, live_bets=1, live_wins=0, dead_bets=0, balance_before=1,
            balance_after=0, opened_at=FRIDAY - timedelta(hours=hours),
        )  # fmt: skip
    found = waiting(Round.objects.filter(state="open"), field="opened_at", now=FRIDAY)
    assert (found.total, found.hour, found.day, found.oldest) == (4, 3, 1, FRIDAY - timedelta(hours=30))
    assert waiting(Round.objects.none(), field="opened_at", now=FRIDAY).oldest is None


def page_of(office: Client, question: str = "") -> str:
    answer = office.get(f"/admin/{question}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_page_shows_cards_charts_and_tables_and_links_to_the_lists(office: Client) -> None:
    text = page_of(office)
    for mark in (
        "Bets today",
        "GGR today",
        "Active players today",
        "Deposits today",
        "Open rounds",
        "Approvals waiting",
    ):
        assert mark in text
    assert text.count("<canvas") + text.count("chart-empty") == 4
    for address in ("/admin/play/leg/?booked_at_from_0=", "/admin/play/round/open/", "kind__exact=deposit"):
        assert address in text
    assert "Ledger seal" in text
    assert "Never verified" in text


def test_every_card_leads_to_a_page_that_opens(office: Client) -> None:
    text = page_of(office)
    addresses = [part.split('"')[0] for part in text.split('<a href="')[1:] if "card-link" in part[:400]]
    assert len(addresses) >= 8
    for address in addresses:
        assert office.get(address.replace("&amp;", "&")).status_code == 200, address


@pytest.mark.parametrize(
    ("role", "shown", "hidden"),
    [
        ("auditor", "GGR today", "Your roles show no figures"),
        ("affiliates", "Your roles show no figures", "GGR today"),
        ("games", "GGR today", "Deposits today"),
        ("administrator", "Ledger seal", "GGR today"),
    ],
)
def test_each_job_sees_its_own_figures(office_of: Office, role: str, shown: str, hidden: str) -> None:
    text = page_of(office_of(role))
    assert shown in text
    assert hidden not in text


def test_somebody_limited_to_a_brand_sees_its_figures_alone(office_of: Office, scene: Scene) -> None:
    other = Brand.objects.create(code="aurora", name="Aurora", jurisdiction="MT")
    with time_machine.travel(FRIDAY, tick=True):
        play(scene, FRIDAY - timedelta(minutes=3), ("123", "0"))
        assert "123.00 EUR" in page_of(office_of("auditor"))
        assert "123.00 EUR" not in page_of(office_of("auditor", brands=[other]))


def test_the_sandbox_shows_its_test_players_only_while_nobody_else_plays(office_of: Office, scene: Scene) -> None:
    with time_machine.travel(FRIDAY, tick=True):
        office = office_of("auditor")
        Player.objects.filter(pk=scene.alice.pk).update(is_test=True)
        scene.game.provider.is_sandbox = True
        scene.game.provider.save()
        play(scene, FRIDAY - timedelta(minutes=3), ("77", "0"))
        assert "sandbox’s test players" in page_of(office)
        assert "77.00 EUR" in page_of(office)
        assert "77.00 EUR" not in page_of(office, "?players=real")


def test_the_dashboard_stands_without_valkey(office: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_args: object, **_options: object) -> None:
        raise RedisDown("no Valkey")

    for name in ("get", "get_many", "set"):
        monkeypatch.setattr(cache, name, down)
    assert "GGR today" in page_of(office)


def test_a_chart_has_axes_a_legend_and_the_same_figures_as_a_table() -> None:
    chart = Chart(
        "GGR", "line", ("00:00", "01:00"), (Series("Today", (Decimal("1.234"), None)), Series("Before", (0, 2))),
        unit="EUR", along="hour, UTC", places=2,
    )  # fmt: skip
    assert '"text": "EUR"' in chart.options
    assert '"text": "hour, UTC"' in chart.options
    assert '"legend": {"display": true' in chart.options
    assert chart.rows == [["00:00", "1.23", "0.00"], ["01:00", "–", "2.00"]]
    assert '"data": [1.234, null]' in chart.data
    assert not chart.is_empty
