"""An adjustment from proposal to approval, and the screens of approvals in every look, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from compliance.approvals.models import Approval
from players.models import Player
from tests.browser.accessibility import assert_accessible
from tests.browser.harness import Desk, SignedIn
from tests.browser.looks import fits, looks_of, picture
from tests.factories import caches_forget, deposit_make, player_make
from wallet.selectors.player_balances import player_balances


@pytest.fixture
def alice(server: str) -> Iterator[Player]:
    caches_forget()
    yield player_make()
    caches_forget()


def look_at(page: Page, name: str) -> None:
    for look in looks_of(page, name):
        assert_accessible(page, f"{name}, {look}")
        assert fits(page), f"{name}, {look}: scrolls sideways"


def propose(desk: Desk, player: Player, amount: str = "25.50") -> Approval:
    """The maker's way: from the player's page, through the preview."""
    page = desk.page
    page.goto(f"/admin/players/player/{player.pk}/credit/")
    page.get_by_label("Amount to the player").fill(amount)
    page.get_by_label("Why").fill("The provider paid a win of round 71 too low.")
    page.get_by_label("Ticket").fill("SUP-1204")
    page.get_by_role("button", name="Show what it would change").click()
    expect(page.get_by_text("What it would change", exact=True)).to_be_visible()
    page.get_by_role("button", name="Propose it").click()
    page.wait_for_url(re.compile(r"/admin/approvals/approval/\d+/change/"))
    return Approval.objects.latest("pk")


def balance(player: Player) -> str:
    return str(player_balances(player_id=player.pk, currency="EUR")["player_real"].normalize())


def test_an_adjustment_goes_from_proposal_to_approval(signed_in: SignedIn, alice: Player) -> None:
    maker, checker = signed_in("payments"), signed_in("finance")
    maker.watch.allow("status of 422")
    maker.page.goto(f"/admin/approvals/approval/propose/credit/{alice.pk}/")
    maker.page.get_by_label("Amount to the player").fill("1e9")
    maker.page.get_by_label("Why").fill("x")
    maker.page.get_by_label("Ticket").fill("x")
    maker.page.get_by_role("button", name="Show what it would change").click()
    expect(maker.page.get_by_text("is not a plain decimal")).to_be_visible()
    approval = propose(maker, alice)
    assert balance(alice) == "1E+2"
    checker.page.goto("/admin/approvals/approval/waiting/")
    checker.page.get_by_role("link", name=f"Credit to a player (no. {approval.pk})").click()
    checker.page.get_by_role("link", name="Approve").click()
    checker.page.get_by_label("Reason").fill("Seen in the provider's report.")
    checker.page.get_by_role("button", name="Approve").click()
    expect(checker.page.get_by_text("Executed.")).to_be_visible()
    assert balance(alice) == "125.5"


def test_the_screens_of_approvals_are_accessible_in_every_look(signed_in: SignedIn, alice: Player) -> None:
    maker, checker = signed_in("payments"), signed_in("finance")
    maker.page.goto(f"/admin/approvals/approval/propose/credit/{alice.pk}/")
    look_at(maker.page, "propose")
    approval = propose(maker, alice, "1500")
    look_at(maker.page, "approval-maker")
    checker.page.goto("/admin/approvals/approval/waiting/")
    look_at(checker.page, "waiting")
    checker.page.goto("/admin/approvals/approval/")
    look_at(checker.page, "approvals")
    deposit_make(alice, "7")
    checker.page.goto(f"/admin/approvals/approval/{approval.pk}/change/")
    look_at(checker.page, "approval-changed")
    checker.page.goto(f"/admin/approvals/approval/{approval.pk}/approve/")
    look_at(checker.page, "approve")


def test_the_preview_is_accessible(signed_in: SignedIn, alice: Player) -> None:
    page = signed_in("payments").page
    page.goto(f"/admin/approvals/approval/propose/debit/{alice.pk}/")
    page.get_by_label("Amount from the player").fill("120")
    page.get_by_label("Why").fill("Booked twice.")
    page.get_by_label("Ticket").fill("SUP-7")
    page.get_by_role("button", name="Show what it would change").click()
    expect(page.get_by_text("Look twice")).to_be_visible()
    assert_accessible(page, "preview")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        picture(page, f"preview-{scheme}")
        assert_accessible(page, f"preview, {scheme}")
