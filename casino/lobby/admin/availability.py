from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from casino.games.models import Game
from casino.lobby.enums import DeviceKind
from casino.lobby.models import Availability
from casino.lobby.services.availability import availability_set
from common.backoffice.books import ListScreen
from common.backoffice.confirmed import staff_actor
from common.backoffice.display import record_link
from common.clock import utc_now
from common.currencies import CURRENCIES
from common.scope import HouseWide


class AvailabilityForm(forms.ModelForm[Availability]):
    """Where a game is offered. Currencies and devices as words with spaces between."""

    game = forms.ModelChoiceField(Game.objects.all(), widget=UnfoldAdminSelectWidget)
    currencies = forms.CharField(
        max_length=400, required=False, widget=UnfoldAdminTextInputWidget, help_text="Such as EUR GBP; empty: all."
    )
    devices = forms.CharField(
        max_length=60, required=False, widget=UnfoldAdminTextInputWidget,
        help_text=f"Of {', '.join(DeviceKind.values)}; empty: all.",
    )  # fmt: skip
    reason = forms.CharField(max_length=200, widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}))

    class Meta:
        model = Availability
        fields = ("game", "currencies", "devices")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["currencies"] = " ".join(self.instance.currencies)
            self.initial["devices"] = " ".join(self.instance.devices)

    def clean_currencies(self) -> list[str]:
        return self._words("currencies", str.upper, set(CURRENCIES))

    def clean_devices(self) -> list[str]:
        return self._words("devices", str.lower, set(DeviceKind.values))

    def _words(self, name: str, case: Any, known: set[str]) -> list[str]:
        words = sorted({case(word) for word in self.cleaned_data[name].replace(",", " ").split()})
        for word in words:
            if word not in known:
                raise forms.ValidationError(f"{word[:20]!r} is not known here.")
        return words


@admin.register(Availability)
class AvailabilityAdmin(ListScreen[Availability]):
    """In which currencies and on which devices games are offered; a game that is not here: in all, on all."""

    scope = HouseWide("The catalogue is one for all brands.")
    form = AvailabilityForm
    list_display = ("game_link", "in_currencies", "on_devices")
    list_select_related = ("game",)
    search_fields = ("game__code",)
    search_help_text = "Code of the game, exactly."
    when_empty = "Every game is offered in every currency and on every device."
    when_empty_do = "Narrow one with the + above."
    fields = ("game", "currencies", "devices", "reason")

    @admin.display(description="Game")
    def game_link(self, row: Availability) -> str:
        return record_link("games.game", row.pk, row.game)

    @admin.display(description="Currencies")
    def in_currencies(self, row: Availability) -> str:
        return " ".join(row.currencies) or "all"

    @admin.display(description="Devices")
    def on_devices(self, row: Availability) -> str:
        return " ".join(row.devices) or "all"

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(game__code=term)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Sequence[str]:  # type: ignore[override]
        return ("game",) if obj is not None else ()

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Who may change it may narrow another game."""
        return bool(request.user.has_perm("lobby.change_availability"))

    def save_model(self, request: HttpRequest, obj: Availability, form: Any, change: bool) -> None:
        game = obj.game if change else form.cleaned_data["game"]
        data = form.cleaned_data
        row = availability_set(
            game=game, currencies=data["currencies"], devices=data["devices"], reason=data["reason"],
            actor=staff_actor(request), now=utc_now(),
        )  # fmt: skip
        obj.pk = row.pk
