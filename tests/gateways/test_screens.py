"""Gateways in the back office: messages masked and worked off again, calls, health, closing and opening."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from casino.gateways.enums import Outcome
from casino.gateways.masking import masked
from casino.gateways.models import Gateway, GatewayMessage
from casino.gateways.services.messages import message_work
from common.clock import utc_now
from compliance.audit.models import AuditEvent
from tests.factories import NOON
from tests.gateways.box import body_of, effects, kept
from tests.gateways.breaches import gateways_kept
from tests.signin.session import signed_in_client
from tests.staff import staff_member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("box")]
MESSAGES = "/admin/gateways/gatewaymessage/"
CALLS = "/admin/gateways/gatewaycall/"
GATEWAYS = "/admin/gateways/gateway/"
CARD = "4111111111111111"


@pytest.fixture
def carol() -> Client:
    return signed_in_client(staff_member(role="payments"))


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_list_is_filtered_by_gateway_verdict_outcome_and_age(carol: Client) -> None:
    keys = gateways_kept()
    flagged, forged = (f"{MESSAGES}{keys[name]}/" for name in ("gateway_flagged", "gateway_forged"))
    assert flagged in page(carol, MESSAGES)
    needs_people = page(carol, f"{MESSAGES}?outcome=flagged")
    assert flagged in needs_people
    assert forged not in needs_people
    assert forged in page(carol, f"{MESSAGES}?verdict__exact=invalid")
    assert flagged not in page(carol, f"{MESSAGES}?gateway=adyen")
    assert flagged not in page(carol, f"{MESSAGES}?age=1")
    assert flagged in page(carol, f"{MESSAGES}?age=older")


def test_a_message_is_shown_masked_and_kept_whole(carol: Client) -> None:
    told = json.loads(body_of("e1")) | {
        "holderName": "Alice Borg", "email": "alice@example.com", "number": CARD, "iban": "MT84MALT011000012345",
        "pspReference": "8515131751004933", "note": "<script>alert(1)</script>",
    }  # fmt: skip
    raw = json.dumps(told).encode()
    message = kept(raw, NOON)
    text = page(carol, f"{MESSAGES}{message.pk}/change/")
    for hidden in ("Alice Borg", "alice@example.com", CARD, "MT84MALT", "<script>alert"):
        assert hidden not in text, hidden
    for shown in ("8515131751004933", "D-1", "************1111", "payment.confirmed"):
        assert shown in text, shown
    message.refresh_from_db()
    assert bytes(message.raw) == raw.replace(CARD.encode(), b"************1111")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("firstname=Alice&amount=10", "firstname=•••&amount=10"),
        ("email=alice%40example.com&x=1", "email=•••&x=1"),
        ("to alice@example.com", "to •••"),
        ('{"card": "4111 1111 1111 1111"}', '{"card": "**** **** **** 1111"}'),
        ('{"orderid": "4111111111111111"}', '{"orderid": "4111111111111111"}'),
        ('{"n": "4111111111111112"}', '{"n": "4111111111111112"}'),
        ("x-sandbox-signature: t=1,v1=abc", "x-sandbox-signature: •••,v1=abc"),
    ],
)
def test_what_is_masked(text: str, shown: str) -> None:
    assert masked(text) == shown


def test_a_flagged_message_is_worked_off_again_with_a_reason(carol: Client) -> None:
    message = kept(body_of("e1", event="payment.invented"), NOON)
    message_work(now=NOON)
    address = f"{MESSAGES}{message.pk}/work_again/"
    assert "Work again" in page(carol, f"{MESSAGES}{message.pk}/change/")
    assert carol.post(address, {"reason": ""}).status_code == 422
    assert carol.post(address, {"reason": "The adapter knows it now"}).status_code == 302
    assert GatewayMessage.objects.get().outcome == Outcome.WAITING
    assert AuditEvent.objects.filter(name="gateways:message:worked_again").count() == 1
    again = carol.post(address, {"reason": "Once more"})
    assert "Only a message that was flagged" in again.content.decode()


def test_an_applied_message_has_no_button(carol: Client) -> None:
    message = kept(body_of("e1"), utc_now())
    message_work(now=utc_now())
    assert effects() == ["e1"]
    text = page(carol, f"{MESSAGES}{message.pk}/change/")
    assert "work_again" not in text
    assert "10.00 EUR" in text
    assert f"{MESSAGES}{message.pk}/" in page(carol, f"{MESSAGES}?q=D-1")


def test_the_gateways_page_tells_its_health(carol: Client) -> None:
    keys = gateways_kept()
    listed = page(carol, GATEWAYS)
    assert "1 late" in listed
    assert "?gateway=sandbox&amp;outcome=flagged" in listed
    text = page(carol, f"{GATEWAYS}{keys['gateway_row']}/change/")
    for words in ("Messages for people", "Calls without an answer", "What it was asked about", "calls go on"):
        assert words in text
    assert "Never came back" in page(carol, f"{CALLS}{keys['gateway_open_call']}/change/")
    assert "12 ms" in page(carol, f"{CALLS}?q=D-1")


def test_a_gateway_is_closed_and_opened_with_a_reason(carol: Client) -> None:
    row = Gateway.objects.get_or_create(code="sandbox", defaults={"name": "Sandbox"})[0]
    place = f"{GATEWAYS}{row.pk}/"
    shown = page(carol, f"{place}change/")
    assert "Close to new deposits" in shown
    assert "Open to deposits" not in shown
    assert carol.post(f"{place}close-deposits/", {"reason": "Their incident 4711"}).status_code == 302
    row.refresh_from_db()
    assert (row.deposits_open, row.payouts_open, row.reason) == (False, True, "Their incident 4711")
    assert "Open to deposits" in page(carol, f"{place}change/")
    twice = carol.post(f"{place}close-deposits/", {"reason": "again"})
    assert "stands like that already" in twice.content.decode()
    assert carol.post(f"{place}open-deposits/", {"reason": "Solved"}).status_code == 302
    assert AuditEvent.objects.filter(name="gateways:gateway:purpose_set").count() == 2


@pytest.mark.parametrize("role", ["support", "marketing", "administrator"])
def test_who_does_not_work_payments_sees_no_messages(role: str) -> None:
    client = signed_in_client(staff_member(role=role))
    assert {client.get(address).status_code for address in (MESSAGES, CALLS, GATEWAYS)} == {403}
