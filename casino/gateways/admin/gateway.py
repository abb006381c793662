from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from unfold.decorators import action
from unfold.enums import ActionVariant

from casino.gateways.breaker import BreakerState
from casino.gateways.enums import FLAGGED, Purpose
from casino.gateways.models import Gateway, GatewayCall, GatewayInquiry, GatewayMessage
from casino.gateways.selectors.health import Health, gateway_health
from casino.gateways.services.gateways import gateway_purpose_set
from common.backoffice.books import BookScreen
from common.backoffice.confirmed import Question, ReasonForm, confirmed, staff_actor
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
GOES_ON: Final = "Messages, refunds and questions about what is under way go on."


@admin.register(Gateway)
class GatewayAdmin(BookScreen[Gateway]):
    """How each payment gateway is over the last 24 hours, and whether new payments go through it."""

    scope = HouseWide("A gateway serves every brand.")
    ordering = ("code",)
    list_display = (
        "name", "deposits", "payouts", "breaker", "last_message", "success", "p95", "waiting", "flagged", "unknown",
    )  # fmt: skip
    when_empty = "There is no adapter of a gateway."
    facts = (
        (None, (("code_word", "connected"), ("deposits", "payouts"), ("switched", "reason"))),
        ("The last 24 hours", (("last_message", "breaker"), ("success", "p95"), ("waiting", "flagged"),
                               ("unknown", "forged"))),
    )  # fmt: skip
    actions_detail = ("close_deposits", "open_deposits", "close_payouts", "open_payouts")

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

    @action(description="Close to new deposits", url_path="close-deposits", icon="block", permissions=["switch"],
            variant=ActionVariant.DANGER)  # fmt: skip
    def close_deposits(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._switch(request, object_id, Purpose.DEPOSIT, to=False)

    @action(description="Open to deposits", url_path="open-deposits", icon="check_circle", permissions=["switch"])
    def open_deposits(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._switch(request, object_id, Purpose.DEPOSIT, to=True)

    @action(description="Close to new payouts", url_path="close-payouts", icon="block", permissions=["switch"],
            variant=ActionVariant.DANGER)  # fmt: skip
    def close_payouts(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._switch(request, object_id, Purpose.PAYOUT, to=False)

    @action(description="Open to payouts", url_path="open-payouts", icon="check_circle", permissions=["switch"])
    def open_payouts(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._switch(request, object_id, Purpose.PAYOUT, to=True)

    def _switch(self, request: HttpRequest, object_id: str, purpose: Purpose, *, to: bool) -> HttpResponse:
        things = "deposits" if purpose == Purpose.DEPOSIT else "payouts"

        def perform(row: Gateway, form: ReasonForm) -> str:
            gateway_purpose_set(
                code=row.code, purpose=purpose, to=to, reason=form.cleaned_data["reason"],
                actor=staff_actor(request), now=utc_now(),
            )  # fmt: skip
            return f"{row} is {'open' if to else 'closed'} to new {things}."

        words = f"{'New' if to else 'No new'} {things} go through it from the very next one. {GOES_ON}"
        title = f"{'Open' if to else 'Close'} to new {things}?"
        question = Question(title, words, "Open" if to else "Close", dangerous=not to)
        return confirmed(
            self, request, object_id, question=lambda _row: question, form_class=ReasonForm, perform=perform
        )

    def has_switch_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may close a gateway to new payments, and open it."""
        return self.may(request, "gateways.switch_gateway", obj)

    def get_actions_detail(self, request: HttpRequest, object_id: str) -> list[Any]:
        """Of each pair the one that changes something."""
        row = self.get_object(request, object_id)
        found: list[Any] = super().get_actions_detail(request, object_id)  # type: ignore[misc]  # unfold's
        if row is None:
            return []
        wanted = {
            "close_deposits" if row.deposits_open else "open_deposits",
            "close_payouts" if row.payouts_open else "open_payouts",
        }
        return [one for one in found if any(str(one.action_name).endswith(name) for name in wanted)]
