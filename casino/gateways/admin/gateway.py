from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html

from casino.gateways.admin.switches import GatewaySwitches
from casino.gateways.breaker import BreakerState
from casino.gateways.enums import FLAGGED
from casino.gateways.models import Gateway, GatewayCall, GatewayInquiry, GatewayMessage
from casino.gateways.selectors.health import Health, gateway_health
from common.backoffice.display import NOTHING, age, code, instant, list_link, record_link, tag
from common.backoffice.sections import Section
from common.clock import utc_now
from common.scope import HouseWide
from compliance.audit.admin.links import actor_link

SHOWN: Final = 10
BREAKERS: Final = {
    BreakerState.CLOSED: ("calls go on", "success"),
    BreakerState.OPEN: ("left alone", "danger"),
    BreakerState.HALF_OPEN: ("trying again", "warning"),
}


@admin.register(Gateway)
class GatewayAdmin(GatewaySwitches):
    """How each payment gateway is over the last 24 hours, and whether new payments go through it."""

    scope = HouseWide("A gateway serves every brand.")
    ordering = ("code",)
    list_display = (
        "name", "deposits", "payouts", "breaker", "last_message", "success", "p95", "waiting", "flagged", "unknown",
    )  # fmt: skip
    when_empty = "There is no adapter of a gateway."
    facts = (
        (None, (("code_word", "connected"), ("deposits", "payouts"), ("switched", "reason"),
                ("settles_within_days", "messages_kept_days"))),
        ("The last 24 hours", (("last_message", "breaker"), ("success", "p95"), ("waiting", "flagged"),
                               ("unknown", "forged"))),
    )  # fmt: skip

    def _health(self, gateway: Gateway) -> Health:
        if (known := gateway.__dict__.get("_health")) is None:
            known = gateway.__dict__["_health"] = gateway_health(gateway.code, utc_now())
        return known

    @admin.display(description="Code")
    def code_word(self, gateway: Gateway) -> str:
        return code(gateway.code)

    @admin.display(description="Credentials")
    def connected(self, gateway: Gateway) -> str:
        return tag("set", "success") if self._health(gateway).configured else tag("none in the environment", "warning")

    @admin.display(description="Deposits")
    def deposits(self, gateway: Gateway) -> str:
        return self._open(gateway, gateway.deposits_open)

    @admin.display(description="Payouts")
    def payouts(self, gateway: Gateway) -> str:
        return self._open(gateway, gateway.payouts_open)

    def _open(self, gateway: Gateway, is_open: bool) -> str:
        if not is_open:
            return tag("closed", "danger")
        return tag("open", "success") if self._health(gateway).configured else tag("not connected")

    @admin.display(description="Closed or opened")
    def switched(self, gateway: Gateway) -> str:
        if gateway.switched_at is None:
            return NOTHING
        return format_html("{} by {}", instant(gateway.switched_at), actor_link(gateway.switched_by))

    @admin.display(description="Breaker")
    def breaker(self, gateway: Gateway) -> str:
        health = self._health(gateway)
        if not health.breaker_known:
            return tag("Valkey is away", "warning")
        return tag(*BREAKERS[health.breaker])

    @admin.display(description="Last message")
    def last_message(self, gateway: Gateway) -> str:
        last = self._health(gateway).last_message
        return format_html("{} ago", age(last, utc_now())) if last else NOTHING

    @admin.display(description="Answered")
    def success(self, gateway: Gateway) -> str:
        health = self._health(gateway)
        if health.success is None:
            return NOTHING
        words = f"{health.success:.0%} of {health.calls:,}"
        return tag(words, "success" if health.success >= 0.99 else "warning" if health.success >= 0.9 else "danger")

    @admin.display(description="p95")
    def p95(self, gateway: Gateway) -> str:
        found = self._health(gateway).p95_ms
        return NOTHING if found is None else f"{found:,.0f}\u00a0ms"

    @admin.display(description="Waiting")
    def waiting(self, gateway: Gateway) -> str:
        health = self._health(gateway)
        return (
            tag(
                f"{health.waiting}, {health.late} late" if health.waiting > health.late else f"{health.late} late",
                "danger",
            )
            if health.late
            else f"{health.waiting}"
        )

    @admin.display(description="For people")
    def flagged(self, gateway: Gateway) -> str:
        found = self._health(gateway).flagged
        if not found:
            return "0"
        query = urlencode({"gateway": gateway.code, "outcome": "flagged"})
        return list_link("gateways.gatewaymessage", query, f"{found}")

    @admin.display(description="Unknown")
    def unknown(self, gateway: Gateway) -> str:
        health = self._health(gateway)
        if health.unknown_since is None:
            return "0"
        return format_html("{}, the oldest for {}", health.unknown, age(health.unknown_since, utc_now()))

    @admin.display(description="Forged messages")
    def forged(self, gateway: Gateway) -> str:
        return f"{self._health(gateway).forged}"

    def sections(self, request: HttpRequest, row: Gateway) -> Sequence[Section]:
        flagged = GatewayMessage.objects.filter(gateway=row.code, outcome__in=FLAGGED).order_by("-received_at")
        calls = GatewayCall.objects.filter(gateway=row.code, standing__in=["", "unknown"]).order_by("-called_at")
        asked = GatewayInquiry.objects.filter(gateway=row.code).order_by("-last_at")
        return (
            Section("What lets a payment through it", ("Switch", "Stands", "What it stops", "Who moves it", "Where"), [
                ("New deposits", self.deposits(row), "new deposits; refunds and questions go on", "people, here", ""),
                ("New payouts", self.payouts(row), "new payouts; questions go on", "people, here", ""),
                ("Breaker", self.breaker(row), "every call, for half a minute at a time or as long as people hold it",
                 "itself, after five calls without an answer; or people",
                 list_link("routing.gatewayswitch", urlencode({"q": row.code}), "Circuit breakers")),
            ], "", note="A payment takes this gateway only where all of them let it. What is not sent goes to the next"
               " gateway of its route."),
            Section("Messages for people", ("Message", "Received", "What became of it", "Line"), [
                (record_link("gateways.gatewaymessage", one.pk, one.pk), instant(one.received_at),
                 one.get_outcome_display(), one.note) for one in flagged.defer("raw")[:SHOWN]
            ], "None.", permission="gateways.view_gatewaymessage"),
            Section("Calls without an answer", ("Call", "When", "What", "Payment", "Code"), [
                (record_link("gateways.gatewaycall", one.pk, one.pk), instant(one.called_at), one.get_what_display(),
                 code(one.reference), code(one.code)) for one in calls[:SHOWN]
            ], "None.", permission="gateways.view_gatewaycall"),
            Section("What it was asked about", ("Payment", "Times", "Last", "Next", "What came of it"), [
                (code(one.reference), one.asked, instant(one.last_at), instant(one.next_at), one.note)
                for one in asked[:SHOWN]
            ], "Nothing: every payment's outcome was told in time."),
        )  # fmt: skip
