from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import action
from unfold.widgets import UnfoldAdminTextInputWidget

from common.backoffice.books import ListScreen
from common.backoffice.confirmed import Question, confirmed, staff_actor
from common.backoffice.display import instant, record_link, tag
from common.clock import utc_now
from common.scope import PLAYER
from players.accounts.models import Erasure
from players.accounts.services.erasures import erasure_hold


class HoldForm(forms.Form):
    """Why an erasure waits."""

    reason = forms.CharField(
        max_length=300, required=False, label="Legal hold", widget=UnfoldAdminTextInputWidget,
        help_text="Such as the number of a court's order. Empty: the erasure goes on.",
    )  # fmt: skip


@admin.register(Erasure)
class ErasureAdmin(ListScreen[Erasure]):
    """Erasures by their dates. A legal hold stops one; nothing makes one faster."""

    scope = PLAYER
    list_display = ("player_link", "stage", "asked", "due", "legal_hold")
    list_display_links = ("stage",)  # the player has a page of his own
    list_select_related = ("player",)
    list_filter = (("state", ChoicesDropdownFilter),)
    search_fields = ("player__public_id",)
    search_help_text = "Public id of the player, exactly."
    when_empty = "Nobody asked to be erased."
    facts = ((None, (("player_link", "stage"), ("asked", "due"), ("erased", "purged"), "legal_hold")),)
    readonly_fields = ("player_link", "stage", "asked", "due", "erased", "purged", "legal_hold")
    actions_detail = ("hold",)

    @admin.display(description="Player")
    def player_link(self, row: Erasure) -> str:
        return record_link("players.player", row.player_id, row.player)

    @admin.display(description="Stage")
    def stage(self, row: Erasure) -> str:
        return tag(row.get_state_display(), "warning" if row.legal_hold else "info")

    @admin.display(description="Asked for")
    def asked(self, row: Erasure) -> str:
        return instant(row.requested_at)

    @admin.display(description="Kept by law until")
    def due(self, row: Erasure) -> str:
        return instant(row.delete_after)

    @admin.display(description="Key destroyed")
    def erased(self, row: Erasure) -> str:
        return instant(row.pseudonymised_at) if row.pseudonymised_at else "–"

    @admin.display(description="Purged")
    def purged(self, row: Erasure) -> str:
        return instant(row.purged_at) if row.purged_at else "–"

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(player__public_id=term)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Players ask for it."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_hold_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may stop and resume."""
        return self.may(request, "accounts.hold_erasure", obj)

    @action(description="Legal hold", icon="gavel", permissions=["hold"])
    def hold(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def question(row: Erasure) -> Question:
            words = "While a hold stands nothing more is erased. Take it away by leaving the field empty."
            return Question(f"Hold the erasure of {row.player.public_id}", words, "Save")

        def perform(row: Erasure, form: HoldForm) -> str:
            kept = erasure_hold(
                player_id=row.player_id, hold=form.cleaned_data["reason"], actor=staff_actor(request), now=utc_now()
            )
            return "The erasure waits." if kept.legal_hold else "The erasure goes on."

        return confirmed(self, request, object_id, question=question, form_class=HoldForm, perform=perform)
