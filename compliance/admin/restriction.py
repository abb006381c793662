from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import action
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminSplitDateTimeWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from common.backoffice.books import ListScreen
from common.backoffice.confirmed import staff_actor
from common.backoffice.display import instant, record_link, tag
from common.backoffice.reach import reach
from common.clock import utc_now
from common.scope import NOTHING, PLAYER
from compliance.approval_kinds import LIFT, lift_payload
from compliance.approvals.admin.proposal import proposed
from compliance.approvals.admin.proposal_forms import ProposalForm
from compliance.approvals.types import Payload
from compliance.enums import RestrictionKind
from compliance.models import Restriction
from compliance.selectors.restrictions import restriction_state
from compliance.services.restrictions import CHOSEN_BY_THE_PLAYER, restriction_place
from players.models import Player
from players.reach import PLAYERS


class PlaceForm(forms.ModelForm[Restriction]):
    """A new restriction: the player by public id, so that no list of players is loaded.

    `reach` is where whoever fills it in may place restrictions; the screen sets it.
    """

    reach = NOTHING

    player = forms.CharField(
        max_length=40, widget=UnfoldAdminTextInputWidget, help_text="Public id, such as pl_7k2m…", label="Player"
    )
    kind = forms.ChoiceField(
        choices=[choice for choice in RestrictionKind.choices if choice[0] not in CHOSEN_BY_THE_PLAYER],
        widget=UnfoldAdminSelectWidget,
        help_text="Time-outs and exclusions are placed under Breaks & exclusions.",
    )
    starts_at = forms.SplitDateTimeField(
        required=False, widget=UnfoldAdminSplitDateTimeWidget, label="From (UTC)", help_text="Empty: now."
    )
    ends_at = forms.SplitDateTimeField(
        required=False, widget=UnfoldAdminSplitDateTimeWidget, label="Until (UTC)", help_text="Empty: until lifted."
    )
    reason = forms.CharField(max_length=200, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}))

    class Meta:
        model = Restriction
        fields = ("player", "kind", "starts_at", "ends_at", "reason")

    def clean_player(self) -> Player:
        within = PLAYERS.narrow(Player.objects.all(), self.reach)
        player = within.filter(public_id=self.cleaned_data["player"].strip()).first()
        if player is None:
            raise forms.ValidationError("No player has this public id: copy it from the player's page.")
        return player

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        data["starts_at"] = data.get("starts_at") or utc_now()
        if data.get("ends_at") is not None and data["ends_at"] < data["starts_at"]:
            self.add_error("ends_at", "This is before the restriction starts.")
        return data


@admin.register(Restriction)
class RestrictionAdmin(ListScreen[Restriction]):
    """Restrictions are placed and lifted, never edited or deleted."""

    scope = PLAYER
    form = PlaceForm
    list_display = ("number", "player_link", "kind", "state", "starts", "ends", "placed_by")
    list_select_related = ("player",)
    list_filter = (("kind", ChoicesDropdownFilter),)
    search_fields = ("player__public_id",)
    search_help_text = "Public id of the player, exactly."
    when_empty = "No restriction was ever placed."
    when_empty_do = "Place one with the + above."
    fields = ("player", "kind", "starts_at", "ends_at", "reason")
    facts = ((None, (("player_link", "state"), ("kind", "placed_by"), ("starts", "ends"), "reason")),)
    actions_detail = ("lift",)

    @admin.display(description="No.")
    def number(self, restriction: Restriction) -> str:
        return f"{restriction.pk}"

    @admin.display(description="Player")
    def player_link(self, restriction: Restriction) -> str:
        return record_link("players.player", restriction.player_id, restriction.player)

    @admin.display(description="State")
    def state(self, restriction: Restriction) -> str:
        state = restriction_state(restriction, now=utc_now())
        return tag(state.title, state.variant)

    @admin.display(description="From")
    def starts(self, restriction: Restriction) -> str:
        return instant(restriction.starts_at)

    @admin.display(description="Until")
    def ends(self, restriction: Restriction) -> str:
        return instant(restriction.ends_at) if restriction.ends_at else "until lifted"

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT002 - Django's
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"reach": reach(request, "compliance.place_restriction")})

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(player__public_id=term)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Sequence[str]:  # type: ignore[override]
        if obj is None:
            return ()
        return ("player_link", "state", "kind", "placed_by", "starts", "ends", "reason")

    def save_model(self, request: HttpRequest, obj: Restriction, form: Any, change: bool) -> None:
        data = form.cleaned_data
        placed = restriction_place(
            player_id=data["player"].pk,
            kind=RestrictionKind(data["kind"]),
            starts_at=data["starts_at"],
            ends_at=data["ends_at"],
            reason=data["reason"],
            actor=staff_actor(request),
            now=utc_now(),
        )
        obj.pk = placed.pk
        obj.refresh_from_db()

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Who may place."""
        return bool(request.user.has_perm("compliance.place_restriction"))

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_lift_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may propose to lift."""
        return self.may(request, "compliance.lift_restriction", obj)

    @action(description="Lift", icon="lock_open", permissions=["lift"])
    def lift(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def payload_of(restriction: Restriction, _form: ProposalForm) -> Payload:
            return lift_payload(restriction=restriction, now=utc_now())

        words = (
            "It ends once somebody else approved it, and the player may bet unless something else stands against it."
            " What the player chose for protection is not lifted before its date."
        )
        return proposed(
            self, request, object_id, kind=LIFT, explanation=words, payload_of=payload_of, form_class=ProposalForm,
            title=lambda row: f"Lift “{row.get_kind_display()}” of {row.player}",
        )  # fmt: skip
