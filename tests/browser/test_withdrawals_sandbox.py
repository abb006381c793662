"""The queue in a real browser, paid by the sandbox gateway: a process of its own that tells us what became of it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from casino.cashier.models import Instrument
from casino.withdrawals.models import Payout
from casino.withdrawals.services.requests import withdrawal_request
from common.clock import utc_now
from tests.browser.harness import SignedIn
from tests.browser.test_withdrawals import press
from tests.cashier_machine.bank import Bank, told
from tests.cashier_machine.conftest import bank
from tests.cashier_machine.test_killed import alice, janitor, money, pays
from tests.withdrawals.scene import rule_make

__all__ = ["alice", "bank"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("amount", "paid", "state"), [("20", True, "Paid"), ("20.08", False, "Failed")])
def test_what_people_approve_the_gateway_pays_or_fails(
    server: str, bank: Bank, alice: object, signed_in: SignedIn, amount: str, paid: bool, state: str
) -> None:
    player = alice
    pays(player)  # type: ignore[arg-type]
    janitor()
    rule_make(at=utc_now(), auto_amount=Decimal(0))
    row = withdrawal_request(
        player_id=player.pk, amount=Decimal(amount), method="card",  # type: ignore[attr-defined]
        instrument_id=Instrument.objects.get().pk, request_key="browser-1", actor="player:1", now=utc_now(),
    )  # fmt: skip
    payments, finance = signed_in("payments"), signed_in("finance")
    payments.page.goto("/admin/withdrawals/withdrawal/")
    expect(payments.page.get_by_text(row.reference)).to_be_visible()
    press(payments, row, "Take it", "Take it")
    press(payments, row, "Approve", "Approve")
    press(finance, row, "Pay", "Pay")
    payout = Payout.objects.get(withdrawal=row)
    bank.process.order("clock", ahead="60")
    for event in bank.events(payout.reference):
        told(event, utc_now())
    finance.page.reload()
    expect(finance.page.get_by_text(state, exact=True).first).to_be_visible()
    kept = 30.0 if paid else 50.0 - float(amount)
    assert money(player) == ({"real": kept} if paid else {"real": kept, "hold": float(amount)})  # type: ignore[arg-type]
    payout.refresh_from_db()
    assert (payout.state, payout.gateway) == ("confirmed" if paid else "failed", "sandbox")
