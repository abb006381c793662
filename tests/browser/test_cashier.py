"""Deposits in a real browser: the list and the page of one with its steps, in every look."""

from __future__ import annotations

import pytest

from casino.cashier.models import Chargeback, Instrument
from common.clock import utc_now
from tests.browser.accessibility import assert_accessible
from tests.browser.harness import SignedIn
from tests.browser.looks import fits, looks_of
from tests.cashier.furnish import cashier_of
from tests.factories import player_make

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_screens_of_the_cashier_are_accessible_in_every_look(server: str, signed_in: SignedIn) -> None:
    deposit = cashier_of(player_make("Alice"), utc_now())
    page = signed_in("payments").page
    for name, address in (
        ("deposits", "/admin/cashier/deposit/"),
        ("deposit", f"/admin/cashier/deposit/{deposit.pk}/change/"),
        ("chargeback", f"/admin/cashier/chargeback/{Chargeback.objects.get().pk}/change/"),
        ("instrument", f"/admin/cashier/instrument/{Instrument.objects.get().pk}/change/"),
        ("margin", "/admin/cashier/conversionmargin/propose/"),
    ):
        page.goto(address)
        for look in looks_of(page, f"cashier-{name}"):
            assert_accessible(page, f"{name}, {look}")
            assert fits(page), f"{name}, {look}: scrolls sideways"
