"""Dashboards and the API's clients in a real browser: accessible in every look, figures behind every chart."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from common.clock import utc_now
from reporting.dashboards.admin.pages import DASHBOARDS
from reporting.facts.models import Money
from tests.access.cast import program_make
from tests.access.play import games_make, played
from tests.browser.accessibility import assert_accessible
from tests.browser.harness import SignedIn
from tests.browser.looks import fits, looks_of
from tests.dashboards.rows import cohorts_make
from tests.factories import brand_make

pytestmark = pytest.mark.django_db(transaction=True)


def test_dashboards_are_accessible_in_every_look(server: str, signed_in: SignedIn) -> None:
    today = utc_now().date()
    for number, game in enumerate(games_make(5)):
        game.volatility = Decimal(3)
        game.save(update_fields=["volatility"])
        for day in range(0, 50, 2):
            played(
                game, today - timedelta(days=day), stake=f"{900 + 37 * number + 11 * day}", rounds=400,
                win=f"{830 + 50 * number + 9 * day}", contribution="3",
            )  # fmt: skip
    for day in range(30):
        Money.objects.create(
            posted_day=today - timedelta(days=day), brand_id=brand_make().pk, jurisdiction="MT", currency="EUR",
            player_id=1, is_test=False, kind="deposit", count=1, real=Decimal(500), held=Decimal(40), bonus=Decimal(9),
        )  # fmt: skip
    cohorts_make(today)
    page = signed_in("auditor").page
    for name in DASHBOARDS:
        page.goto(f"/admin/dashboards/{name}/")
        for look in looks_of(page, f"dashboard-{name}"):
            assert_accessible(page, f"{name}, {look}")
            assert fits(page), f"{name}, {look}: scrolls sideways"
    page.goto("/admin/dashboards/revenue/")
    page.get_by_text("As a table").first.click()
    assert page.get_by_role("table").first.is_visible()
    page.goto("/admin/dashboards/revenue/?first=2020-01-02&last=2020-01-01")
    assert page.get_by_text("The first day lies after the last.").is_visible()


def test_pages_of_api_clients_are_accessible_in_every_look(server: str, signed_in: SignedIn) -> None:
    program = program_make()
    page = signed_in("administrator").page
    for name, address in (("clients", ""), ("client", f"{program.row.pk}/change/"), ("propose", "propose/")):
        page.goto(f"/admin/access/client/{address}")
        for look in looks_of(page, f"api-{name}"):
            assert_accessible(page, f"{name}, {look}")
            assert fits(page), f"{name}, {look}: scrolls sideways"
