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
from common.backoffice.display import NOTHING, instant, record_link, tag
from common.backoffice.reach import reach
from common.clock import utc_now
from common.scope import NOTHING as NOWHERE
from common.scope import PLAYER
from compliance.approvals.admin.proposal import proposed
from compliance.approvals.admin.proposal_forms import ProposalForm
from compliance.approvals.types import Payload
from compliance.audit.admin.links import actor_link
from compliance.gate.approval_kinds import LIFT, flag_lift_payload
from compliance.gate.enums import CLOSED_BY, FlagKind
from compliance.gate.models import Flag
from compliance.gate.services.flags import flag_place
from players.models import Player
from players.reach import PLAYERS

PLACE = "gate.place_flag"


class FlagForm(forms.ModelForm[Flag]):
    """A new block or flag: the player by public id. `reach` is where whoever fills it in may place it."""

    reach = NOWHERE

    player = forms.CharField(
        max_length=40, widget=UnfoldAdminTextInputWidget, help_text="Public id, such as pl_7k2m…", label="Player"
    )
    kind = forms.ChoiceField(choices=FlagKind.choices, widget=UnfoldAdminSelectWidget)
    ends_at = forms.SplitDateTimeField(
        required=False, widget=UnfoldAdminSplitDateTimeWidget, label="Until (UTC)", help_text="Empty: until lifted."
    )
    reason = forms.CharField(max_length=200, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}))

    class Meta:
        model = Flag
        fields = ("player", "kind", "ends_at", "reason")

    def clean_player(self) -> Player:
        within = PLAYERS.narrow(Player.objects.all(), self.reach)
        player = within.filter(public_id=self.cleaned_data["player"].strip()).first()
        if player is None:
            raise forms.ValidationError("No player has this public id: copy it from the player's page.")
        return player

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("ends_at") is not None and data["ends_at"] <= utc_now():
            self.add_error("ends_at", "This is in the past.")
        return data


def _over(flag: Flag) -> bool:
    return flag.ends_at is not None and flag.ends_at <= utc_now()


@admin.register(Flag)
class FlagAdmin(ListScreen[Flag]):
    """Blocks of deposits, bets or withdrawals, and risk flags: placed at once, lifted by two people, never edited."""

    scope = PLAYER
    form = FlagForm
    list_display = ("number", "player_link", "kind", "state", "starts", "ends", "placer")
    list_select_related = ("player",)
    list_filter = (("kind", ChoicesDropdownFilter),)
    search_fields = ("player__public_id",)
    search_help_text = "Public id of the player, exactly."
    when_empty = "Nothing was ever blocked or flagged."
    when_empty_do = "Place a block or flag with the + above."
    fields = ("player", "kind", "ends_at", "reason")
    facts = (
        (None, (("player_link", "state"), ("kind", "closes"), ("starts", "ends"))),
        ("Why", (("placer", "reason"), ("lifted", "lift_words"))),
    )
    actions_detail = ("lift",)

    @admin.display(description="No.")
    def number(self, flag: Flag) -> str:
        return f"{flag.pk}"

    @admin.display(description="Player")
    def player_link(self, flag: Flag) -> str:
        return record_link("players.player", flag.player_id, flag.player)

    @admin.display(description="State")
    def state(self, flag: Flag) -> str:
        return tag("Over", "success") if _over(flag) else tag("In force", "danger")

    @admin.display(description="Closes")
    def closes(self, flag: Flag) -> str:
        return ", ".join(sorted(point.label for point in CLOSED_BY[FlagKind(flag.kind)]))

    @admin.display(description="From")
    def starts(self, flag: Flag) -> str:
        return instant(flag.starts_at)

    @admin.display(description="Until")
    def ends(self, flag: Flag) -> str:
        return instant(flag.ends_at) if flag.ends_at else "until lifted"

    @admin.display(description="Lifted by")
    def lifted(self, flag: Flag) -> str:
        return actor_link(flag.lifted_by)

    @admin.display(description="Placed by")
    def placer(self, flag: Flag) -> str:
        return actor_link(flag.placed_by)

    @admin.display(description="Lifted because")
    def lift_words(self, flag: Flag) -> str:
        return flag.lift_reason or NOTHING

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT002 - Django's
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"reach": reach(request, PLACE)})

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(player__public_id=term)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Sequence[str]:  # type: ignore[override]
        if obj is None:
            return ()
        return (
            "player_link",
            "state",
            "kind",
            "closes",
            "starts",
            "ends",
            "placer",
            "reason",
            "lifted",
            "lift_words",
        )

    def save_model(self, request: HttpRequest, obj: Flag, form: Any, change: bool) -> None:
        data = form.cleaned_data
        placed = flag_place(
            player_id=data["player"].pk, kind=FlagKind(data["kind"]), ends_at=data["ends_at"], reason=data["reason"],
            actor=staff_actor(request), now=utc_now(),
        )  # fmt: skip
        obj.pk = placed.pk
        obj.refresh_from_db()

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Who may place."""
        return bool(request.user.has_perm(PLACE))

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_lift_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may propose to lift."""
        return self.may(request, "gate.lift_flag", obj)

    def get_actions_detail(self, request: HttpRequest, object_id: str) -> list[Any]:
        """What is over is not lifted."""
        flag = self.get_object(request, object_id)
        found: list[Any] = super().get_actions_detail(request, object_id)  # type: ignore[misc]  # unfold's
        return [] if flag is not None and _over(flag) else found

    @action(description="Lift", icon="lock_open", permissions=["lift"])
    def lift(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def payload_of(flag: Flag, _form: ProposalForm) -> Payload:
            return flag_lift_payload(flag=flag, now=utc_now())

        words = "It ends once somebody else approved it. What else stands against the player goes on."
        return proposed(
            self, request, object_id, kind=LIFT, explanation=words, payload_of=payload_of, form_class=ProposalForm,
            title=lambda row: f"Lift “{row.get_kind_display()}” of {row.player}",
        )  # fmt: skip
