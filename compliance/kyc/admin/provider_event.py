from __future__ import annotations

from typing import Any, Final

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from common.backoffice.books import BookScreen
from common.backoffice.display import NOTHING, code, instant, tag
from common.backoffice.time_range import TimeRange
from common.scope import HouseWide
from compliance.kyc.enums import EventOutcome
from compliance.kyc.models import ProviderEvent

SHOWN: Final = 8_000
VARIANTS: Final = {
    EventOutcome.APPLIED: "success",
    EventOutcome.FORGED: "danger",
    EventOutcome.UNKNOWN: "warning",
    EventOutcome.WAITING: "info",
}


@admin.register(ProviderEvent)
class ProviderEventAdmin(BookScreen[ProviderEvent]):
    """Every message of a verification provider as it came, with what became of it."""

    scope = HouseWide("A provider writes about applicants by its own numbers, of every brand.")
    list_display = ("received", "kind_code", "applicant_code", "outcome_tag", "note")
    list_filter = (("received_at", TimeRange), ("outcome", ChoicesDropdownFilter))
    search_fields = ("applicant",)
    search_help_text = "The provider's number of the applicant, exactly."
    when_empty = "No provider has written yet."
    facts = (
        (None, (("received", "outcome_tag"), ("kind_code", "applicant_code"), ("provider", "worked"), "note")),
        ("As it came", ("text",)),
    )

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(applicant=term)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ProviderEvent]:
        rows: QuerySet[ProviderEvent] = super().get_queryset(request)
        match = request.resolver_match
        return rows.defer("raw") if match and match.url_name == "kyc_providerevent_changelist" else rows

    @admin.display(description="Received")
    def received(self, event: ProviderEvent) -> str:
        return instant(event.received_at)

    @admin.display(description="Message")
    def kind_code(self, event: ProviderEvent) -> str:
        return code(event.kind) if event.kind else NOTHING

    @admin.display(description="Applicant")
    def applicant_code(self, event: ProviderEvent) -> str:
        return code(event.applicant) if event.applicant else NOTHING

    @admin.display(description="What became of it")
    def outcome_tag(self, event: ProviderEvent) -> str:
        return tag(event.get_outcome_display(), VARIANTS.get(EventOutcome(event.outcome), ""))

    @admin.display(description="Worked off")
    def worked(self, event: ProviderEvent) -> str:
        return instant(event.worked_at)

    @admin.display(description="Bytes, as text")
    def text(self, event: ProviderEvent) -> str:
        return code(bytes(event.raw)[:SHOWN].decode("utf-8", "replace"))
