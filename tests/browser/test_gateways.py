"""Payment gateways in a real browser: health, messages and calls, in every look."""

from __future__ import annotations

import json

import pytest
from django.conf import LazySettings

from casino.gateways.enums import Purpose
from casino.gateways.models import GatewayCall, GatewayMessage
from casino.gateways.services.gateways import gateway_purpose_set, gateways_know
from casino.gateways.services.messages import message_work
from common.clock import utc_now
from tests.browser.accessibility import assert_accessible
from tests.browser.harness import SignedIn
from tests.browser.looks import fits, looks_of
from tests.gateways.box import body_of, gateways_setting, kept
from tests.gateways.breaches import gateways_kept

pytestmark = pytest.mark.django_db(transaction=True)


def test_gateways_are_accessible_in_every_look(server: str, signed_in: SignedIn, settings: LazySettings) -> None:
    settings.GATEWAYS = gateways_setting()
    now = utc_now()
    gateways_know(["sandbox", "adyen"])
    gateway_purpose_set(
        code="adyen", purpose=Purpose.PAYOUT, to=False, reason="Their incident 4711", actor="staff:1", now=now
    )
    keys = gateways_kept()
    for number in range(20):
        GatewayCall.objects.create(
            gateway="sandbox", what="deposit_begin", purpose="deposit", reference=f"D-{number}", sent=True,
            called_at=now, standing="unknown" if number == 7 else "redirect", ms=80 + number,
        )  # fmt: skip
    told = json.loads(body_of("e9", event="payment.invented")) | {"holderName": "Alice Borg"}
    message = kept(json.dumps(told).encode(), now)
    message_work(now=now, message_id=message.pk)
    page = signed_in("payments").page
    for name, address in (
        ("health", "gateway/"),
        ("gateway", f"gateway/{keys['gateway_row']}/change/"),
        ("messages", "gatewaymessage/"),
        ("message", f"gatewaymessage/{message.pk}/change/"),
        ("again", f"gatewaymessage/{message.pk}/work_again/"),
        ("calls", "gatewaycall/"),
        ("call", f"gatewaycall/{keys['gateway_open_call']}/change/"),
    ):
        page.goto(f"/admin/gateways/{address}")
        for look in looks_of(page, f"gateways-{name}"):
            assert_accessible(page, f"{name}, {look}")
            assert fits(page), f"{name}, {look}: scrolls sideways"
    assert GatewayMessage.objects.get(pk=message.pk).outcome == "unknown"
