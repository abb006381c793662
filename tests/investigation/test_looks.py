"""Stops, the search and the disputed round in a real browser: driven, accessible, in every look without scrolling."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from casino.games.models import Stop
from casino.play.models import Round
from tests.browser.accessibility import assert_accessible
from tests.browser.harness import SignedIn
from tests.browser.looks import fits, looks_of
from tests.investigation.chaos import Chaos
from tests.stops.house import stop_make
from tests.wallet.sealing.sealer import seal_everything
from wallet.sealing.keys import SealKey

pytestmark = pytest.mark.django_db(transaction=True)


def looked_at(page: Page, name: str) -> None:
    """In each look: accessible and no wider than the window."""
    for look in looks_of(page, name):
        assert_accessible(page, f"{name}, {look}")
        assert fits(page), f"{name}, {look}: the page scrolls sideways"


def test_an_operator_finds_the_disputed_round_and_takes_its_evidence(
    server: str, round_: Round, seal_key: SealKey, signed_in: SignedIn
) -> None:
    seal_everything(seal_key)
    page = signed_in("compliance_officer").page
    page.goto("/admin/play/round/investigate/")
    looked_at(page, "find-empty")
    page.get_by_label("Round, transaction or our id").fill("bet-1")
    page.get_by_role("button", name="Find", exact=True).click()
    looked_at(page, "find-found")
    page.get_by_role("link", name="r-1", exact=True).first.click()
    expect(page.get_by_text("Answer lost")).to_be_visible()
    looked_at(page, "round")
    page.get_by_text("Ledger entries").first.click()
    page.get_by_text("Raw answer").first.click()
    assert_accessible(page, "round, unfolded")
    page.get_by_role("link", name="Evidence pack").click()
    looked_at(page, "evidence")
    page.get_by_label("Purpose").select_option("adr")
    page.get_by_label("Ticket and words").fill("case 7")
    with page.expect_download() as download:
        page.get_by_role("button", name="Make the pack").click()
    assert download.value.suggested_filename == f"evidence-round-{round_.pk}.zip"


def test_an_operator_stops_a_game_and_resumes_it(server: str, chaos: Chaos, signed_in: SignedIn) -> None:
    chaos.bet("10.00")
    page = signed_in("compliance_officer").page
    page.goto("/admin/games/stop/")
    expect(page.get_by_role("heading", name="All gaming runs")).to_be_visible()
    looked_at(page, "stops-none")
    page.goto(f"/admin/games/game/{chaos.game.pk}/change/")
    page.get_by_role("link", name="Stop play").click()
    looked_at(page, "stop-ask")
    page.get_by_label("Reason").select_option("incident")
    page.get_by_label("In words").fill("Wins of this game are late; the provider knows.")
    page.get_by_role("button", name="Stop play now").click()
    expect(page.get_by_text("Play is stopped:")).to_be_visible()
    stop_make(chaos.player)
    page.goto("/admin/games/stop/")
    looked_at(page, "stops-some")
    page.goto("/admin/games/stop/stop-all/")
    page.get_by_label("Reason").select_option("regulator")
    page.get_by_label("In words").fill("Order 17/2026.")
    page.get_by_role("button", name="Stop all gaming now").click()
    expect(page.get_by_role("heading", name="All gaming is stopped")).to_be_visible()
    looked_at(page, "stops-all")
    page.goto("/admin/")
    looked_at(page, "banner")
    page.goto(f"/admin/games/game/{chaos.game.pk}/change/")
    page.get_by_role("link", name="Resume play").click()
    looked_at(page, "resume")
    page.get_by_label("Reason").fill("The provider has repaired it.")
    page.get_by_role("button", name="Resume play now").click()
    expect(page.get_by_text("Play of Slot is resumed.")).to_be_visible()
    page.goto(f"/admin/games/stop/{Stop.objects.get(scope='game').pk}/change/")
    looked_at(page, "stop-page")
