"""From the catalogue to a report and on to a player, in a real browser and in every look."""

from __future__ import annotations

import pytest

from tests.browser.accessibility import assert_accessible
from tests.browser.harness import SignedIn
from tests.browser.looks import fits, looks_of
from tests.catalogue.test_money_reports import scene
from tests.overview.scene import Scene

__all__ = ["scene"]
pytestmark = pytest.mark.django_db(transaction=True)
MARCH = "interval=range&first=2026-03-01&last=2026-03-13"


def test_from_the_catalogue_to_a_report_and_a_player(server: str, scene: Scene, signed_in: SignedIn) -> None:
    page = signed_in("compliance_officer").page
    page.goto("/admin/reports/")
    for look in looks_of(page, "reports-catalogue"):
        assert_accessible(page, f"catalogue, {look}")
        assert fits(page), f"catalogue, {look}: scrolls sideways"
    page.get_by_role("searchbox", name="Find a report").fill("daily summary")
    page.get_by_role("button", name="Find", exact=True).click()
    page.get_by_role("link", name="Daily summary").click()

    page.goto(f"/admin/reports/daily-summary/?{MARCH}&compare=previous")
    for look in looks_of(page, "reports-daily-summary"):
        assert_accessible(page, f"report, {look}")
        assert fits(page), f"report, {look}: scrolls sideways"
    assert page.get_by_text("agrees").count() == 1
    assert page.locator("canvas.chart").count() == 1

    page.goto(f"/admin/reports/player-account-summary/?{MARCH}")
    for look in looks_of(page, "reports-account-summary"):
        assert_accessible(page, f"personal report, {look}")
        assert fits(page), f"personal report, {look}: scrolls sideways"
    page.get_by_role("region", name="Rows").get_by_role("link").first.click()
    assert page.url.endswith(f"/admin/players/player/{scene.alice.pk}/change/")
