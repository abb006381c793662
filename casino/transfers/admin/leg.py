from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from casino.transfers.enums import LegState
from casino.transfers.models import TransferLeg
from common.backoffice.books import BookScreen
from common.backoffice.display import NOTHING, code, instant, money, record_link, tag
from common.backoffice.time_range import TimeRange
from common.scope import Scoping

VARIANTS = {LegState.CONFIRMED: "success", LegState.UNKNOWN: "danger", LegState.SENT: "info"}


@admin.register(TransferLeg)
class TransferLegAdmin(BookScreen[TransferLeg]):
    """Every movement between the house and providers, by our reference."""

    scope = Scoping(brand="visit__player__brand_id", jurisdiction="visit__player__jurisdiction")
    list_display = ("leg", "visit_link", "way", "amount_word", "state_tag", "attempts", "asked", "planned")
    list_select_related = ("visit",)
    list_filter = (("planned_at", TimeRange), ("state", ChoicesDropdownFilter), ("direction", ChoicesDropdownFilter))
    search_fields = ("reference",)
    search_help_text = "Our reference, exactly."
    when_empty = "Nothing was transferred yet."
    facts = (
        (None, (("leg", "state_tag"), ("visit_link", "way"), ("amount_word", "note_word"))),
        ("Time", (("planned", "sent"), ("asked_last", "ask_next"), ("settled",))),
        ("How often", (("attempts", "asked"),)),
    )

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(reference=term)

    @admin.display(description="Reference")
    def leg(self, leg: TransferLeg) -> str:
        return code(leg.reference)

    @admin.display(description="Stay")
    def visit_link(self, leg: TransferLeg) -> str:
        return record_link("transfers.transfervisit", leg.visit_id, leg.visit.reference)

    @admin.display(description="Way")
    def way(self, leg: TransferLeg) -> str:
        return leg.get_direction_display()

    @admin.display(description="Amount")
    def amount_word(self, leg: TransferLeg) -> str:
        return money(leg.amount, leg.visit.currency)

    @admin.display(description="State")
    def state_tag(self, leg: TransferLeg) -> str:
        return tag(leg.get_state_display(), VARIANTS.get(LegState(leg.state), ""))

    @admin.display(description="Note")
    def note_word(self, leg: TransferLeg) -> str:
        return leg.note or NOTHING

    @admin.display(description="Planned")
    def planned(self, leg: TransferLeg) -> str:
        return instant(leg.planned_at)

    @admin.display(description="Last sent")
    def sent(self, leg: TransferLeg) -> str:
        return instant(leg.sent_at)

    @admin.display(description="Last asked")
    def asked_last(self, leg: TransferLeg) -> str:
        return instant(leg.asked_at)

    @admin.display(description="Asked next")
    def ask_next(self, leg: TransferLeg) -> str:
        return instant(leg.ask_next_at)

    @admin.display(description="Settled")
    def settled(self, leg: TransferLeg) -> str:
        return instant(leg.settled_at)

    def get_queryset(self, request: HttpRequest) -> QuerySet[TransferLeg]:
        rows: QuerySet[TransferLeg] = super().get_queryset(request)
        return rows.select_related("visit")
