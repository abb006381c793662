"""The queue in a real browser: a request is taken, two people approve it, it is paid; another rejected; one frozen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from casino.gateways.enums import NewsKind
from casino.withdrawals.models import Payout, Withdrawal
from common.clock import utc_now
from players.models import Player
from tests.browser.accessibility import assert_accessible
from tests.browser.harness import Desk, SignedIn
from tests.browser.looks import fits, looks_of
from tests.cashier.scene import shops
from tests.factories import caches_forget
from tests.withdrawals.scene import alice_make, asked, hears, money, rule_make


@pytest.fixture
def alice(server: str, settings: Any) -> Iterator[Player]:
    caches_forget()
    with shops(settings):
        player = alice_make()
        rule_make(auto_amount=Decimal(0), four_eyes_from=Decimal(40))
        yield player
    caches_forget()


def press(desk: Desk, row: Withdrawal, name: str, button: str) -> Page:
    """A button of the page, its question answered with a reason."""
    page = desk.page
    page.goto(f"/admin/withdrawals/withdrawal/{row.pk}/change/")
    page.get_by_role("link", name=re.compile(f"(^|\\s){name}$")).click()
    page.get_by_label("Reason").fill("Looked at all of it.")
    page.get_by_role("button", name=button, exact=True).click()
    return page


def look_at(page: Page, name: str) -> None:
    for look in looks_of(page, name):
        assert_accessible(page, f"{name}, {look}")
        assert fits(page), f"{name}, {look}: scrolls sideways"


def test_a_request_is_taken_approved_by_two_people_and_paid(signed_in: SignedIn, alice: Player) -> None:
    row = asked(alice, "40", now=utc_now())
    payments, second, finance = signed_in("payments"), signed_in("finance"), signed_in("finance")
    page = payments.page
    page.goto("/admin/withdrawals/withdrawal/")
    expect(page.get_by_text("Waiting for people")).to_be_visible()
    look_at(page, "withdrawals")
    page.get_by_role("link", name=row.reference).click()
    expect(page.get_by_role("heading", name="Rules now")).to_be_visible()
    look_at(page, "withdrawal")
    press(payments, row, "Take it", "Take it")
    expect(page.get_by_text("It is yours now.")).to_be_visible()
    assert page.get_by_role("link", name=re.compile(r"(^|\s)Approve$")).count() == 0
    page.get_by_role("link", name="Propose approval").click()
    page.get_by_label("Why").fill("Every rule is green.")
    page.get_by_role("button", name="Show what it would change").click()
    page.get_by_role("button", name="Propose it").click()
    second.page.goto("/admin/approvals/approval/waiting/")
    second.page.get_by_role("link", name="Approval of a withdrawal").click()
    second.page.get_by_role("link", name="Approve").click()
    second.page.get_by_label("Reason").fill("Seen, too.")
    second.page.get_by_role("button", name="Approve").click()
    expect(second.page.get_by_text("Executed.")).to_be_visible()
    press(finance, row, "Pay", "Pay")
    expect(finance.page.get_by_text(f"{row.reference}: being paid.")).to_be_visible()
    hears(Payout.objects.get(withdrawal=row), NewsKind.PAYOUT_CONFIRMED, now=utc_now())
    row.refresh_from_db()
    assert (row.state, money(alice)) == ("paid", {"real": Decimal(110)})
    finance.page.reload()
    look_at(finance.page, "withdrawal-paid")


def test_one_is_rejected_and_one_is_frozen(signed_in: SignedIn, alice: Player) -> None:
    first, other = asked(alice, "20", now=utc_now()), asked(alice, "30", now=utc_now())
    payments, risk = signed_in("payments"), signed_in("risk")
    press(payments, first, "Reject", "Reject")
    expect(payments.page.get_by_text("the player's again")).to_be_visible()
    press(risk, other, "Freeze", "Freeze")
    expect(risk.page.get_by_text("It is frozen.")).to_be_visible()
    assert {row.state for row in Withdrawal.objects.all()} == {"rejected", "frozen"}
    assert money(alice) == {"real": Decimal(120), "hold": Decimal(30)}
    payments.page.goto(f"/admin/withdrawals/withdrawal/{other.pk}/change/")
    assert payments.page.get_by_role("link", name="Unfreeze").count() == 0
