"""Methods, terms, routes, breakers and the preview in a real browser, in every look."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.conf import LazySettings

from casino.gateways.breaker import breaker_tell
from casino.routing.enums import FeePayer, SwitchState
from casino.routing.services.switches import gateway_switch
from common.clock import utc_now
from tests.browser.accessibility import assert_accessible
from tests.browser.harness import SignedIn
from tests.browser.looks import fits, looks_of
from tests.factories import player_make
from tests.gateways.box import gateways_setting
from tests.routing.cast import ACTOR, method_make, route_make, terms_make

pytestmark = pytest.mark.django_db(transaction=True)


def test_payment_methods_are_accessible_in_every_look(server: str, signed_in: SignedIn, settings: LazySettings) -> None:
    settings.GATEWAYS = gateways_setting()
    now = utc_now() - timedelta(minutes=5)
    player = player_make("Alice")
    method = method_make("card")
    terms = terms_make(
        now=now, presets=(Decimal(20), Decimal(50), Decimal(100)), fee_percent=Decimal("1.5"),
        fee_payer=FeePayer.PLAYER,
    )  # fmt: skip
    terms_make(now=now, segment="returning", maximum=Decimal(5000))
    terms_make(now=now, starts_at=now + timedelta(days=30), minimum=Decimal(20))
    route = route_make("sandbox", now=now, weight=70, stop_codes=("stolen_card", "fraud"))
    route_make("sandbox2", now=now, weight=30)
    route_make("adyen", now=now, country="GB")
    for _ in range(5):
        breaker_tell("adyen", answered=False)
    gateway_switch(
        gateway="nuvei", state=SwitchState.OFF, starts_at=None, reason="Their works tonight", actor=ACTOR, now=now
    )
    asked = urlencode({
        "player": player.public_id, "purpose": "deposit", "method": "card", "amount": "50", "currency": "EUR",
    })  # fmt: skip
    page = signed_in("payments").page
    for name, address in (
        ("methods", "paymentmethod/"),
        ("method", f"paymentmethod/{method.pk}/change/"),
        ("terms", "methodterms/"),
        ("terms-row", f"methodterms/{terms.pk}/change/"),
        ("propose", f"methodterms/{terms.pk}/propose/"),
        ("routes", "route/"),
        ("route", f"route/{route.pk}/change/"),
        ("set", f"route/{route.pk}/set_anew/"),
        ("breakers", "gatewayswitch/"),
        ("hold", "gatewayswitch/force/"),
        ("preview", f"route/preview/?{asked}"),
    ):
        page.goto(f"/admin/routing/{address}")
        for look in looks_of(page, f"routing-{name}"):
            assert_accessible(page, f"{name}, {look}")
            assert fits(page), f"{name}, {look}: scrolls sideways"
