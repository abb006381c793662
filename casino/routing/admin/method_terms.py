from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from unfold.decorators import action

from casino.routing.admin.rows import OfMethod, OfPurpose, OfTime, for_whom, state_tag, time_words
from casino.routing.admin.terms_form import TermsForm, terms_form
from casino.routing.approval_kinds import KIND
from casino.routing.models import MethodTerms
from casino.routing.selectors.words import fee_words, limits_words
from common.backoffice.books import BookScreen
from common.backoffice.display import NOTHING, instant, record_link
from common.backoffice.sections import Section
from common.money import decimal_text
from common.scope import Scoping
from compliance.approvals.admin.proposal import proposal_page, proposed
from compliance.approvals.types import Payload
from compliance.audit.admin.links import actor_link
from compliance.signin.step_up import step_up_required

EXPLANATION = (
    "Nothing that holds is edited: these terms take the place of those for the same players, at their instant."
)


@admin.register(MethodTerms)
class MethodTermsAdmin(BookScreen[MethodTerms]):
    """Limits and fees of methods as dated rows, each agreed by two people."""

    scope = Scoping(brand="brand_id", jurisdiction="brand__jurisdiction", or_house="brand")
    list_display = ("number", "method", "purpose", "who", "terms", "order", "state", "time")
    list_select_related = ("method", "brand")
    list_filter = (OfMethod, OfPurpose, OfTime)
    search_fields = ("segment",)
    search_help_text = "A segment or a country, exactly."
    when_empty = "No method has terms yet: define methods first, then propose terms above."
    list_before_template = "admin/routing/terms_head.html"
    facts = (
        (None, (("method", "purpose"), ("who", "state"), "terms", ("first_ones", "later_ones"), "order")),
        ("Time and people", (("time", "made"), ("by", "agreed"), "why")),
    )
    actions_detail = ("propose",)

    @admin.display(description="No.")
    def number(self, row: MethodTerms) -> str:
        return f"{row.pk}"

    @admin.display(description="For")
    def who(self, row: MethodTerms) -> str:
        return for_whom(row)

    @admin.display(description="Terms")
    def terms(self, row: MethodTerms) -> str:
        return limits_words(row)

    @admin.display(description="Fee")
    def fee(self, row: MethodTerms) -> str:
        return fee_words(row)

    @admin.display(description="Suggested first")
    def first_ones(self, row: MethodTerms) -> str:
        return ", ".join(decimal_text(amount) for amount in row.first_presets) or NOTHING

    @admin.display(description="Suggested later")
    def later_ones(self, row: MethodTerms) -> str:
        return ", ".join(decimal_text(amount) for amount in row.presets) or NOTHING

    @admin.display(description="Order on screen")
    def order(self, row: MethodTerms) -> str:
        return f"{row.place}"

    @admin.display(description="State")
    def state(self, row: MethodTerms) -> str:
        return state_tag(row)

    @admin.display(description="Holds")
    def time(self, row: MethodTerms) -> str:
        return time_words(row)

    @admin.display(description="Written")
    def made(self, row: MethodTerms) -> str:
        return instant(row.created_at)

    @admin.display(description="Proposed by")
    def by(self, row: MethodTerms) -> str:
        return actor_link(row.created_by)

    @admin.display(description="Agreed in")
    def agreed(self, row: MethodTerms) -> str:
        return record_link("approvals.approval", row.approval_id, f"Approval {row.approval_id}")

    @admin.display(description="Why")
    def why(self, row: MethodTerms) -> str:
        return row.reason

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(segment=term) | queryset.filter(country=term.upper())

    def sections(self, request: HttpRequest, row: MethodTerms) -> Sequence[Section]:
        same = MethodTerms.objects.filter(
            method=row.method, purpose=row.purpose, currency=row.currency, country=row.country, segment=row.segment,
            brand=row.brand,
        ).order_by("-starts_at", "-pk")[:50]  # fmt: skip
        rows = [
            (_link(one), limits_words(one), state_tag(one), time_words(one))
            for one in same
        ]  # fmt: skip
        return (
            Section("Terms of the same players, the latest first", ("Row", "Terms", "State", "Holds"), rows, empty=""),
        )

    def has_propose_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        """Who may propose terms."""
        return self.may(request, "routing.propose_methodterms", object_id)

    @action(description="Propose other terms", icon="edit_calendar", permissions=["propose"])
    @step_up_required
    def propose(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return proposed(
            self, request, object_id, kind=KIND, title=lambda row: f"Propose other terms of {row.method}",
            explanation=EXPLANATION, payload_of=lambda _row, form: _payload(form),
            form_class=terms_form(self.get_object(request, object_id)),
        )  # fmt: skip

    def get_custom_urls(self) -> tuple[tuple[str, str, Any], ...]:
        return (("propose/", "routing_methodterms_propose_new", self.propose_new),)

    def propose_new(self, request: HttpRequest, model_admin: object = None) -> HttpResponse:
        """Terms for players who have none of their own yet."""
        return step_up_required(self._propose_new)(request)

    def _propose_new(self, request: HttpRequest) -> HttpResponse:
        back = reverse("admin:routing_methodterms_changelist")
        return proposal_page(
            self, request, kind=KIND, title="Propose terms of a method", explanation=EXPLANATION, payload_of=_payload,
            form_class=TermsForm, back=back,
        )  # fmt: skip


def _link(row: MethodTerms) -> str:
    return record_link("routing.methodterms", row.pk, f"No. {row.pk}")


def _payload(form: TermsForm) -> Payload:
    payload: Payload = form.cleaned_data["payload"]
    return payload
