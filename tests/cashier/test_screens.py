"""The cashier in the back office: what a deposit's page tells, and refunds and margins that two people agree to."""

from __future__ import annotations

from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casino.cashier.approval_kinds import MARGIN, REFUND, margin_payload, refund_payload
from casino.cashier.models import Chargeback, ConversionMargin, Deposit, Instrument, Refund
from casino.gateways.enums import NewsKind
from common.clock import utc_now
from compliance.approvals.enums import ApprovalState
from compliance.approvals.models import Approval
from compliance.approvals.services.decisions import approval_approve
from compliance.approvals.services.proposals import approval_propose
from compliance.staff.models import StaffUser
from players.models import Player
from tests.cashier.scene import Shop, begun, cards_offered, credited, news_of, told
from tests.casino.play.table import account_balance
from tests.signin.session import signed_in_client
from tests.staff import staff_member

pytestmark = pytest.mark.django_db
LISTS = ("deposit", "refund", "chargeback", "instrument", "conversionmargin")


@pytest.fixture
def carol() -> StaffUser:
    return staff_member("payments")


@pytest.fixture
def dora() -> StaffUser:
    return staff_member("finance")


def page(client: Client, name: str, *args: object) -> str:
    response = client.get(reverse(f"admin:cashier_{name}", args=args))
    assert response.status_code == 200, (name, response.status_code)
    return unescape(response.content.decode())


def send(client: Client, name: str, *args: object, **fields: object) -> Any:
    given = {key: str(value) for key, value in fields.items()}
    return client.post(reverse(f"admin:cashier_{name}", args=args), given)


def test_a_deposits_page_tells_its_way(alice: Player, carol: StaffUser) -> None:
    cards_offered()
    deposit = credited(alice)
    told(deposit, NewsKind.CHARGEBACK)
    client = signed_in_client(carol)
    seen = page(client, "deposit_change", deposit.pk)
    for words in (deposit.reference, "Charged back", "north", "place 1", "visa ••1111", str(deposit.transaction_id)):
        assert words in seen, words
    assert "tok_1" not in seen
    for name in LISTS:
        page(client, f"{name}_changelist")
    page(client, "chargeback_change", Chargeback.objects.get().pk)
    assert "tok_1" not in page(client, "instrument_change", Instrument.objects.get().pk)


def test_a_refund_is_proposed_by_one_and_carried_out_by_another(
    alice: Player, carol: StaffUser, dora: StaffUser
) -> None:
    cards_offered()
    deposit = credited(alice)
    asked = approval_propose(
        kind=REFUND, payload=refund_payload(deposit=deposit), reason="wrong card", actor=f"staff:{carol.pk}",
        now=utc_now(),
    )  # fmt: skip
    done = approval_approve(approval_id=asked.pk, actor=f"staff:{dora.pk}", reason="seen", now=utc_now())
    assert done.state == ApprovalState.EXECUTED
    refund = Refund.objects.get()
    assert refund.approval == f"approval:{asked.pk}"
    assert account_balance(alice, "player_real") == 0
    page(signed_in_client(carol), "refund_change", refund.pk)


def test_a_refund_on_other_facts_is_refused(alice: Player, carol: StaffUser, dora: StaffUser) -> None:
    cards_offered()
    deposit = credited(alice)
    asked = approval_propose(
        kind=REFUND, payload=refund_payload(deposit=deposit), reason="wrong card", actor=f"staff:{carol.pk}",
        now=utc_now(),
    )  # fmt: skip
    told(deposit, NewsKind.CHARGEBACK)
    done = approval_approve(approval_id=asked.pk, actor=f"staff:{dora.pk}", reason="seen", now=utc_now())
    assert done.state == ApprovalState.REFUSED_STATE_CHANGED
    assert not Refund.objects.exists()


def test_the_buttons_of_a_deposit_ask_and_do(alice: Player, carol: StaffUser, market: dict[str, Shop]) -> None:
    cards_offered()
    deposit, other = begun(alice), begun(alice)
    client = signed_in_client(carol)
    market["north"].facts = [news_of(deposit, NewsKind.DEPOSIT_CONFIRMED)]
    assert send(client, "deposit_ask", deposit.pk, reason="the player calls").status_code == 302
    assert Deposit.objects.get(pk=deposit.pk).state == "credited"
    assert send(client, "deposit_expire", other.pk, reason="nothing came").status_code == 302
    assert Deposit.objects.get(pk=other.pk).state == "expired"
    assert send(client, "deposit_expire", deposit.pk, reason="again").status_code == 422
    page(client, "deposit_refund", deposit.pk)


def test_a_margin_takes_two_people(alice: Player, carol: StaffUser, dora: StaffUser) -> None:
    payload = margin_payload(
        brand=alice.brand, source="USD", target="EUR", percent=Decimal("1.5"), valid_from=utc_now()
    )
    asked = approval_propose(kind=MARGIN, payload=payload, reason="new", actor=f"staff:{carol.pk}", now=utc_now())
    assert not ConversionMargin.objects.exists()
    approval_approve(approval_id=asked.pk, actor=f"staff:{dora.pk}", reason="seen", now=utc_now())
    assert ConversionMargin.objects.get().percent == Decimal("1.5")
    assert Approval.objects.get().state == ApprovalState.EXECUTED
    page(signed_in_client(carol), "conversionmargin_propose")


def test_risk_blocks_a_card_and_kyc_says_whose_it_is(alice: Player) -> None:
    cards_offered()
    credited(alice)
    card = Instrument.objects.get()
    assert send(signed_in_client(staff_member("risk")), "instrument_block", card.pk, reason="x").status_code == 302
    assert send(signed_in_client(staff_member("kyc")), "instrument_verify", card.pk, reason="x").status_code == 302
    card.refresh_from_db()
    assert (card.ownership, card.blocked_because) == ("verified", "x")
