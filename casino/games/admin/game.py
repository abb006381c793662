from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RelatedDropdownFilter
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldAdminTextInputWidget

from casino.games.admin.provider import stake_range
from casino.games.admin.provider_form import show_stakes_plainly, stakes_in_order
from casino.games.admin.stop_actions import StopsPlay
from casino.games.enums import GameCategory, StopScope
from casino.games.models import Game
from casino.games.services.games import GameTerms, game_add, game_edit
from common.backoffice.books import ListScreen
from common.backoffice.confirmed import staff_actor
from common.backoffice.display import code, tag
from common.backoffice.reach import reach
from common.clock import utc_now
from common.scope import NOTHING, HouseWide
from players.models import Brand
from players.reach import BRANDS


class GameForm(forms.ModelForm[Game]):
    """The terms of a game: countries as codes, brands as boxes to tick.

    `reach` is where whoever fills it in may change games: other brands are not offered, and stay as they are.
    """

    reach = NOTHING

    blocked_countries = forms.CharField(
        required=False, widget=UnfoldAdminTextInputWidget, help_text="Two-letter codes, such as: US, FR, TR."
    )
    blocked_brands = forms.ModelMultipleChoiceField(
        queryset=Brand.objects.all(), required=False, widget=UnfoldAdminCheckboxSelectMultipleWidget
    )

    class Meta:
        model = Game
        fields = (
            "provider", "code", "name", "category", "version", "theoretical_rtp", "volatility", "min_stake",
            "max_stake", "enabled", "real_enabled", "demo_enabled", "blocked_countries", "blocked_brands",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["blocked_countries"] = ", ".join(self.instance.blocked_countries or [])
        offered = BRANDS.narrow(Brand.objects.all(), self.reach)
        blocked = set(self.instance.blocked_brands or [])
        if "blocked_brands" in self.fields:
            self.fields["blocked_brands"].queryset = offered  # type: ignore[attr-defined]  # of its class
        self.initial["blocked_brands"] = [brand.pk for brand in offered if brand.pk in blocked]
        show_stakes_plainly(self)

    def clean_blocked_countries(self) -> list[str]:
        codes = self.cleaned_data["blocked_countries"].replace(",", " ").upper().split()
        for word in codes:
            if len(word) != 2 or not (word.isascii() and word.isalpha()):
                raise forms.ValidationError(f"{word!r} is no country code: write two letters, such as FR.")
        return sorted(set(codes))

    def clean_blocked_brands(self) -> list[int]:
        offered = set(BRANDS.narrow(Brand.objects.all(), self.reach).values_list("pk", flat=True))
        others = set(self.instance.blocked_brands or []) - offered
        return sorted(others | {brand.pk for brand in self.cleaned_data["blocked_brands"]})

    def clean(self) -> dict[str, Any]:
        data = stakes_in_order(self, super().clean() or self.cleaned_data)
        rtp = data.get("theoretical_rtp")
        if rtp is not None and not 0 < rtp <= 100:
            self.add_error("theoretical_rtp", "A percentage above 0 and up to 100, such as 96.5.")
        volatility = data.get("volatility")
        if volatility is not None and volatility <= 0:
            self.add_error("volatility", "Above 0, such as 8.0; leave it empty where it is not known.")
        return data

    def terms(self) -> GameTerms:
        """The valid form as the service wants it."""
        data = {name: self.cleaned_data[name] for name in GameTerms.__dataclass_fields__}
        return GameTerms(**data | {"category": GameCategory(data["category"])})


@admin.register(Game)
class GameAdmin(StopsPlay, ListScreen[Game]):
    """The catalogue: what may be played, by whom, for how much."""

    scope = HouseWide("The catalogue is one for all brands.")
    form = GameForm
    list_display = ("name", "code_text", "provider", "category", "rtp", "stakes", "state")
    list_select_related = ("provider",)
    list_filter = (("provider", RelatedDropdownFilter), ("category", ChoicesDropdownFilter))
    search_fields = ("code",)
    search_help_text = "Code of the game, exactly."
    stop_scope = StopScope.GAME
    actions_detail = ("stop_play", "resume_play")
    when_empty = "No game yet: add a provider first, then its games with the + above."
    fieldsets = (
        (None, {"fields": (("provider", "code"), ("name", "category"))}),
        ("As certified", {"fields": (("version", "theoretical_rtp", "volatility"),)}),
        ("May be played", {"fields": (("enabled", "real_enabled", "demo_enabled"),)}),
        (f"Stakes in {settings.BASE_CURRENCY}", {"fields": (("min_stake", "max_stake"),)}),
        ("Not offered to", {"fields": ("blocked_countries", "blocked_brands")}),
    )

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT002 - Django's
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"reach": reach(request, f"games.{'change' if obj else 'add'}_game")})

    @admin.display(description="Code")
    def code_text(self, game: Game) -> str:
        return code(game.code)

    @admin.display(description="Theoretical RTP")
    def rtp(self, game: Game) -> str:
        return f"{game.theoretical_rtp.normalize():f} %"

    @admin.display(description="Stakes")
    def stakes(self, game: Game) -> str:
        return stake_range(game)

    @admin.display(description="State")
    def state(self, game: Game) -> str:
        if not game.enabled:
            return tag("Disabled", "danger")
        if not game.real_enabled:
            return tag("For fun only", "info")
        return tag("Live", "success")

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(code=term)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Sequence[str]:  # type: ignore[override]
        """Provider and code are what provider calls name: given once."""
        return ("provider", "code") if obj is not None else ()

    def save_model(self, request: HttpRequest, obj: Game, form: Any, change: bool) -> None:
        if change:
            game_edit(game_id=obj.pk, terms=form.terms(), actor=staff_actor(request), now=utc_now())
            return
        made = game_add(
            provider_id=form.cleaned_data["provider"].pk,
            code=form.cleaned_data["code"],
            terms=form.terms(),
            actor=staff_actor(request),
            now=utc_now(),
        )
        obj.pk = made.pk
        obj.refresh_from_db()
