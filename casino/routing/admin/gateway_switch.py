from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from casino.gateways.breaker import BreakerState, breaker_view
from casino.gateways.registry import adapter_codes
from casino.routing.admin.fields import MomentField, choice_field
from casino.routing.enums import SwitchState
from casino.routing.models import GatewaySwitch
from casino.routing.selectors.health import switch_in_force
from casino.routing.services.switches import gateway_switch
from common.backoffice.books import BookScreen
from common.backoffice.confirmed import Question, ReasonForm, asked, staff_actor
from common.backoffice.display import NOTHING, code, instant, tag
from common.backoffice.sections import Section
from common.clock import utc_now
from common.scope import HouseWide
from compliance.audit.admin.links import actor_link

WORDS = {
    BreakerState.CLOSED: ("Calls go on", "success"), BreakerState.OPEN: ("No calls", "danger"),
    BreakerState.HALF_OPEN: ("One call tries", "warning"),
}  # fmt: skip
EXPLANATION = (
    "Held open: no call goes out, not even refunds or payouts under way. Held closed: every call goes out, however many"
    " fail. One person's word, told to the audit trail. To take a gateway out of new deposits or payouts alone, switch"
    " it off on its own page."
)


class SwitchForm(ReasonForm):
    """How calls to a gateway go."""

    gateway = choice_field("Gateway", lambda: [(name, name) for name in adapter_codes()])
    state = choice_field("Breaker", lambda: [(word.value, word.label) for word in SwitchState])
    starts_at = MomentField("From (UTC)", "Empty: now. Later: for planned works.")
    field_order = ("gateway", "state", "starts_at", "reason")


@admin.register(GatewaySwitch)
class GatewaySwitchAdmin(BookScreen[GatewaySwitch]):
    """Circuit breakers of gateways as they stand now, and every word of staff over one."""

    scope = HouseWide("Gateways serve every brand.")
    list_display = ("gateway_code", "what", "since", "why", "by")
    list_filter = (("state", ChoicesDropdownFilter),)
    search_fields = ("gateway",)
    search_help_text = "A gateway's code, exactly."
    when_empty = "Nobody ever held a breaker: each gateway's stands as it finds."
    list_before_template = "admin/routing/breakers.html"
    facts = ((None, (("gateway_code", "what"), ("since", "by"), "why")),)

    @admin.display(description="Gateway")
    def gateway_code(self, row: GatewaySwitch) -> str:
        return code(row.gateway)

    @admin.display(description="Breaker")
    def what(self, row: GatewaySwitch) -> str:
        variants = {SwitchState.OFF: "danger", SwitchState.ON: "warning"}
        return tag(row.get_state_display(), variants.get(SwitchState(row.state), "success"))

    @admin.display(description="From")
    def since(self, row: GatewaySwitch) -> str:
        return instant(row.starts_at)

    @admin.display(description="Why")
    def why(self, row: GatewaySwitch) -> str:
        return row.reason

    @admin.display(description="By")
    def by(self, row: GatewaySwitch) -> str:
        return actor_link(row.created_by)

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(gateway=term.lower())

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        rows = [_breaker_row(name) for name in adapter_codes()]
        headers = ("Gateway", "Now", "Not answered in a row", "Tries again", "Staff's word")
        empty = "There is no gateway."
        found = {"breakers": Section("Breakers now", headers, rows, empty=empty, links=self._links(request))}
        return super().changelist_view(request, (extra_context or {}) | found)

    def _links(self, request: HttpRequest) -> list[tuple[str, str]]:
        if not request.user.has_perm("routing.add_gatewayswitch"):
            return []
        return [("Hold or release a breaker", reverse("admin:routing_gatewayswitch_force"))]

    def get_custom_urls(self) -> tuple[tuple[str, str, Any], ...]:
        return (("force/", "routing_gatewayswitch_force", self.force),)

    def force(self, request: HttpRequest, model_admin: object = None) -> HttpResponse:
        """Staff's word over a breaker."""
        if not request.user.has_perm("routing.add_gatewayswitch"):
            raise PermissionDenied

        def perform(form: SwitchForm) -> str:
            data = form.cleaned_data
            made = gateway_switch(
                gateway=data["gateway"], state=SwitchState(data["state"]), starts_at=data["starts_at"],
                reason=data["reason"], actor=staff_actor(request), now=utc_now(),
            )  # fmt: skip
            return f"{made.gateway}: {made.get_state_display()}, from {made.starts_at:%Y-%m-%d %H:%M} UTC."

        question = Question("Hold or release a gateway's breaker", EXPLANATION, "Say so", dangerous=True)
        back = reverse("admin:routing_gatewayswitch_changelist")
        return asked(
            self, request, question=lambda: question, form_class=SwitchForm, perform=perform, back=back, step_up=True
        )


def _breaker_row(gateway: str) -> tuple[object, ...]:
    view = breaker_view(gateway)
    word = switch_in_force(gateway, utc_now())
    held = NOTHING
    if word is not None and word.state != SwitchState.AUTOMATIC:
        held = f"{word.get_state_display()} since {word.starts_at:%Y-%m-%d %H:%M} UTC: {word.reason}"
    state = tag(*WORDS[view.state])
    if not view.shared:
        state = tag("Not known: Valkey does not answer, calls go on", "warning")
    return (code(gateway), state, f"{view.failures}", instant(view.retry_at), held)
