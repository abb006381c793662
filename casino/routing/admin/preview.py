"""Which way a payment of a player would go, and why: as a page, and as JSON for other tools of staff."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.generic import TemplateView

from casino.gateways.enums import Purpose
from casino.routing.admin.fields import (
    MomentField,
    amount_field,
    choice_field,
    currencies,
    method_choices,
    purpose_choices,
    text_field,
)
from casino.routing.selectors.circumstances import circumstances_of
from casino.routing.selectors.offers import methods_for
from casino.routing.selectors.plans import route_plan
from casino.routing.types import MethodOffer, RoutePlan
from common.backoffice.display import NOTHING, code, money, record_link, tag
from common.backoffice.reach import out_of_reach, reach
from common.backoffice.sections import Section
from common.clock import utc_now
from common.money import decimal_text
from players.models import Player
from players.reach import PLAYERS

if TYPE_CHECKING:
    _Page = TemplateView
else:
    from unfold.views import UnfoldModelAdminViewMixin

    class _Page(UnfoldModelAdminViewMixin, TemplateView):
        """A page inside the back office."""


VIEW: Final = "routing.view_route"


class PreviewForm(forms.Form):
    """What would be paid, by whom and when."""

    player = text_field("Player", "Public id, such as pl_7k2m…", most=40)
    purpose = choice_field("Purpose", purpose_choices)
    method = choice_field("Method", method_choices)
    amount = amount_field("Amount", "", required=True)
    currency = choice_field("Currency", currencies)
    reference = text_field("Order", "Its reference decides the choice by weight; empty: an example.", required=False)
    at = MomentField("At (UTC)", "Empty: now.")


class PreviewView(_Page):
    """The plan of a payment and the player's methods. Nothing is written."""

    title = "Which way a payment would go"
    permission_required = (VIEW,)
    template_name = "admin/routing/preview.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """With ?format=json: the same as JSON."""
        if request.GET.get("format") == "json":
            form, found = self._found()
            if found is None:
                return JsonResponse({"errors": form.errors}, status=422)
            return JsonResponse(_as_json(*found), json_dumps_params={"ensure_ascii": False})
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.pop("model_admin", None)  # unfold gives it again
        context = super().get_context_data(**kwargs)
        form, found = self._found()
        query = {name: value for name, value in self.request.GET.items() if name in form.fields}
        context |= {"form": form, "json_address": f"?{urlencode(query | {'format': 'json'})}" if found else ""}
        context["sections"] = [] if found is None else _sections(*found)
        return context

    def _found(self) -> tuple[PreviewForm, tuple[Player, RoutePlan, tuple[MethodOffer, ...]] | None]:
        form = PreviewForm(self.request.GET if "player" in self.request.GET else None)
        if not form.is_bound or not form.is_valid():
            return form, None
        data = form.cleaned_data
        player = self._player(data["player"])
        if player is None:
            form.add_error("player", "There is no such player, or not for your roles.")
            return form, None
        now: datetime = data["at"] or utc_now()
        purpose = Purpose(data["purpose"])
        plan = route_plan(
            player_id=player.pk, purpose=purpose, method=data["method"], amount=data["amount"],
            currency=data["currency"], now=now, reference=data["reference"] or "D-example",
        )  # fmt: skip
        return form, (player, plan, methods_for(player.pk, purpose, now, currency=data["currency"]))

    def _player(self, public_id: str) -> Player | None:
        found = Player.objects.filter(public_id=public_id.strip())
        seen = PLAYERS.narrow(found, reach(self.request, "players.view_player")).first()
        if seen is None and (hidden := found.first()) is not None:
            out_of_reach(self.request, f"players.player:{hidden.pk}")
        return seen


def _sections(player: Player, plan: RoutePlan, offers: tuple[MethodOffer, ...]) -> list[Section]:
    around = circumstances_of(player, plan.currency)
    who = (
        ("Player", record_link("players.player", player.pk, player.nickname)),
        ("Counts as", f"brand {player.brand.name}, country {around.country}, {', '.join(around.segments)}"),
        ("Terms", plan.offer.reason if plan.offer and plan.offer.reason else NOTHING),
        ("Fee", f"{money(plan.fee_amount, plan.currency)}, {_payer(plan)}" if plan.fee_amount else "none"),
        ("Outcome", tag(plan.refused_text, "danger") if plan.refused else tag("A gateway takes it", "success")),
    )
    steps = [(f"{turn}", code(step.gateway), code(step.gateway_method), step.reason,
              ", ".join(sorted(step.stop_codes)) or NOTHING)
             for turn, step in enumerate(plan.steps, 1)]  # fmt: skip
    left = [(code(one.gateway), one.why.label, one.text) for one in plan.left_out]
    return [
        Section("Who and on what terms", ("What", "Value"), who, empty=""),
        Section(
            "Tried in this order", ("Turn", "Gateway", "Its code", "Why", "Codes that end it"), steps,
            empty="No gateway would be tried.",
        ),
        Section("Left out", ("Gateway", "Why", "In words"), left, empty="No gateway of this method is left out."),
        Section(
            "Methods as the player sees them", ("Method", "Open", "Limits", "Suggested", "Why"),
            [_offer_row(offer) for offer in offers], empty="There is no method of this purpose.",
        ),
    ]  # fmt: skip


def _payer(plan: RoutePlan) -> str:
    return f"{plan.offer.fee.payer.label.lower()} pays" if plan.offer else ""


def _offer_row(offer: MethodOffer) -> tuple[object, ...]:
    limits = NOTHING
    if offer.terms_id is not None:
        most = money(offer.maximum, offer.currency) if offer.maximum is not None else "no maximum"
        limits = f"{money(offer.minimum, offer.currency)} to {most}"
    presets = ", ".join(decimal_text(amount) for amount in offer.presets) or NOTHING
    state = tag("Open", "success") if offer.open else tag("Not open", "warning")
    return (f"{offer.name} ({offer.method})", state, limits, presets, offer.why_not_text or offer.reason)


def _as_json(player: Player, plan: RoutePlan, offers: tuple[MethodOffer, ...]) -> dict[str, Any]:
    found = {"player": player.public_id, "plan": asdict(plan), "methods": [asdict(offer) for offer in offers]}
    return {name: _plain(value) for name, value in found.items()}


def _plain(value: Any) -> Any:
    """JSON of our own types: amounts as plain decimals, sets in order."""
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value
