from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from unfold.decorators import action

from casino.routing.admin.preview import PreviewView
from casino.routing.admin.route_form import EndForm, RouteForm, route_form
from casino.routing.admin.rows import OfMethod, OfPurpose, OfTime, for_whom, state_tag, time_words
from casino.routing.models import Route
from casino.routing.selectors.candidates import range_words
from casino.routing.services.routes import route_end, route_set
from common.backoffice.books import BookScreen
from common.backoffice.confirmed import Question, asked, confirmed, staff_actor
from common.backoffice.display import NOTHING, code, instant, tag
from common.backoffice.reach import reach
from common.clock import utc_now
from common.scope import Scoping
from compliance.audit.admin.links import actor_link
from players.models import Brand

SETTING = "It takes the place of the route for the same players, gateway and amounts, at its instant."


@admin.register(Route)
class RouteAdmin(BookScreen[Route]):
    """Which gateway carries which method, as dated rows."""

    scope = Scoping(brand="brand_id", jurisdiction="brand__jurisdiction", or_house="brand")
    list_display = ("number", "method", "purpose", "gateway_code", "who", "amounts", "turn", "on", "state", "time")
    list_select_related = ("method", "brand")
    list_filter = (OfMethod, OfPurpose, OfTime)
    search_fields = ("gateway",)
    search_help_text = "A gateway's code, exactly."
    when_empty = "No gateway carries any method yet: set a route above."
    list_before_template = "admin/routing/route_head.html"
    facts = (
        (None, (("method", "purpose"), ("gateway_code", "method_there"), ("who", "amounts"), ("turn", "on"), "stops")),
        ("Time and people", (("state", "time"), ("made", "by"), "why")),
    )
    actions_detail = ("set_anew", "end")

    @admin.display(description="No.")
    def number(self, row: Route) -> str:
        return f"{row.pk}"

    @admin.display(description="Gateway")
    def gateway_code(self, row: Route) -> str:
        return code(row.gateway)

    @admin.display(description="Its code of the method")
    def method_there(self, row: Route) -> str:
        return code(row.gateway_method)

    @admin.display(description="For")
    def who(self, row: Route) -> str:
        return for_whom(row)

    @admin.display(description="Amounts")
    def amounts(self, row: Route) -> str:
        words = range_words(row)
        return f"{words} in {row.currency}" if row.currency and words == "any amount" else words

    @admin.display(description="Turn")
    def turn(self, row: Route) -> str:
        return f"place {row.place}, weight {row.weight}"

    @admin.display(description="On")
    def on(self, row: Route) -> str:
        return tag("On", "success") if row.switched_on else tag("Off", "danger")

    @admin.display(description="Codes that end the payment")
    def stops(self, row: Route) -> str:
        return ", ".join(row.stop_codes) or NOTHING

    @admin.display(description="State")
    def state(self, row: Route) -> str:
        return state_tag(row)

    @admin.display(description="Holds")
    def time(self, row: Route) -> str:
        return time_words(row)

    @admin.display(description="Written")
    def made(self, row: Route) -> str:
        return instant(row.created_at)

    @admin.display(description="By")
    def by(self, row: Route) -> str:
        return actor_link(row.created_by)

    @admin.display(description="Why")
    def why(self, row: Route) -> str:
        return row.reason

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(gateway=term.lower())

    def has_set_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        """Who may set and end routes."""
        return self.may(request, "routing.add_route", object_id)

    @action(description="Set it anew", icon="edit_calendar", permissions=["set"])
    def set_anew(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def question(row: Route) -> Question:
            return Question(f"Set a route of {row.method} by {row.gateway}", SETTING, "Set the route")

        def perform(_row: Route, form: RouteForm) -> str:
            return self._set(request, form)

        form_class = route_form(self.get_object(request, object_id))
        return confirmed(self, request, object_id, question=question, form_class=form_class, perform=perform)

    @action(description="End it", icon="event_busy", permissions=["set"])
    def end(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def question(row: Route) -> Question:
            words = "Payments that begin after its end no longer try this gateway by this route."
            return Question(f"End {row}?", words, "End the route", dangerous=True)

        def perform(row: Route, form: EndForm) -> str:
            _demand_reach(request, row.brand_id)
            data = form.cleaned_data
            done = route_end(
                route_id=row.pk, at=data["at"], reason=data["reason"], actor=staff_actor(request), now=utc_now()
            )
            return f"Route {done.pk} ends at {done.ends_at:%Y-%m-%d %H:%M} UTC."

        return confirmed(self, request, object_id, question=question, form_class=EndForm, perform=perform)

    def get_custom_urls(self) -> tuple[tuple[str, str, Any], ...]:
        return (
            ("set/", "routing_route_set", self.set_new),
            ("preview/", "routing_route_preview", PreviewView.as_view(model_admin=self)),
        )

    def set_new(self, request: HttpRequest, model_admin: object = None) -> HttpResponse:
        """A route for whom there is none yet."""
        if not request.user.has_perm("routing.add_route"):
            raise PermissionDenied
        return asked(
            self, request, question=lambda: Question("Set a route", SETTING, "Set the route"), form_class=RouteForm,
            perform=lambda form: self._set(request, form), back=reverse("admin:routing_route_changelist"),
        )  # fmt: skip

    def _set(self, request: HttpRequest, form: RouteForm) -> str:
        wish = form.wish()
        _demand_reach(request, wish.brand_id)
        made = route_set(wish=wish, reason=form.cleaned_data["reason"], actor=staff_actor(request), now=utc_now())
        return f"Route {made.pk} holds from {made.starts_at:%Y-%m-%d %H:%M} UTC on."


def _demand_reach(request: HttpRequest, brand_id: int | None) -> None:
    """Who works for some brands sets their routes; one for all takes a right over all. Raises PermissionDenied."""
    scope = reach(request, "routing.add_route")
    brand = None if brand_id is None else Brand.objects.get(pk=brand_id)
    within = scope.admits(brand_id=brand.pk, jurisdiction=brand.jurisdiction) if brand else scope.everything
    if not within:
        raise PermissionDenied
