"""Finding the round that somebody asks about: by a name that providers or we gave, or by the player and the time."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet
from django.views.generic import TemplateView
from unfold.widgets import UnfoldAdminIntegerFieldWidget, UnfoldAdminTextInputWidget

from casino.calls.models import ProviderCall
from casino.games.selectors.providers import provider_names
from casino.play.models import Leg, Round
from casino.play.selectors.rounds import legs_by_provider_transaction
from common.backoffice.display import code, instant, money, precise, record_link, tag
from common.backoffice.sections import Section
from common.backoffice.time_range import SLACK, serial_floor

if TYPE_CHECKING:
    _Page = TemplateView
else:
    from unfold.views import UnfoldModelAdminViewMixin

    class _Page(UnfoldModelAdminViewMixin, TemplateView):
        """A page inside the back office."""


MOST: Final = 50
LONGEST_ROUND: Final = timedelta(days=1)
_FORMS: Final = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M")
_BYTES: Final = ("body", "body_sha256", "answer", "headers")


class FindForm(forms.Form):
    """One of two ways: a name, or a player with a time."""

    what = forms.CharField(
        required=False,
        max_length=255,
        label="Round, transaction or our id",
        widget=UnfoldAdminTextInputWidget,
        help_text="The provider's round id or transaction id, or our transaction id, exactly.",
    )
    player = forms.CharField(
        required=False,
        max_length=40,
        label="Or player",
        widget=UnfoldAdminTextInputWidget,
        help_text="Public id (pl_…).",
    )
    at = forms.CharField(
        required=False,
        max_length=25,
        label="At (UTC)",
        widget=UnfoldAdminTextInputWidget(attrs={"placeholder": "2026-11-20 14:05"}),
        help_text="Empty: the newest rounds.",
    )
    minutes = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=720,
        label="± minutes",
        widget=UnfoldAdminIntegerFieldWidget(attrs={"placeholder": "5"}),
        help_text="Empty: 5.",
    )

    def clean_at(self) -> datetime | None:
        text = self.cleaned_data["at"].removesuffix("Z").removesuffix(" UTC")
        if not text:
            return None
        for form in _FORMS:
            try:
                moment = datetime.strptime(text, form).replace(tzinfo=UTC)
            except ValueError:
                continue
            if 2000 <= moment.year <= 2100:
                return moment
        raise forms.ValidationError("Write the time as 2026-11-20 14:05 or 2026-11-20 14:05:30, in UTC.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not data.get("what") and not data.get("player"):
            raise forms.ValidationError("Give an id, or a player and about when it was.")
        if data.get("at") and not data.get("player"):
            self.add_error("player", "A time alone finds too much: give the player too.")
        return data


class FindRoundView(_Page):
    """A search by exact names; every result is bounded, and kept to the reach of whoever looks."""

    title = "Investigate a round"
    permission_required = ("play.view_round",)
    template_name = "admin/play/find_round.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        screen = kwargs.pop("model_admin", None) or self.model_admin  # type: ignore[attr-defined]  # unfold gives it
        context = super().get_context_data(**kwargs)
        asked = any(self.request.GET.get(name, "").strip() for name in ("what", "player", "at"))
        form = FindForm(self.request.GET if asked else None)
        sections: Sequence[Section] = ()
        if asked and form.is_valid():
            sections = self._found(screen, form.cleaned_data)
        return context | {"form": form, "sections": sections}

    def _found(self, screen: Any, data: dict[str, Any]) -> Sequence[Section]:
        rounds: QuerySet[Round] = screen.get_queryset(self.request).select_related("player", "game", "provider")
        calls = self._calls(screen)
        if what := data["what"]:
            rounds, calls = _rounds_named(rounds, what), calls.filter(_call_named(what))
        if data["player"]:
            near = timedelta(minutes=data["minutes"] or 5)
            rounds = _rounds_near(rounds.filter(player__public_id=data["player"]), data["at"], near)
            calls = calls.filter(player=data["player"]).exclude(error_class="")
            if data["at"]:
                calls = calls.filter(received_at__gte=data["at"] - near, received_at__lte=data["at"] + near)
        return _rounds_section(list(rounds.order_by("-pk")[: MOST + 1])), _calls_section(
            list(calls.order_by("-received_at", "-id")[: MOST + 1]), by_name=bool(data["what"])
        )

    def _calls(self, screen: Any) -> QuerySet[ProviderCall]:
        """The call log within the person's reach; nothing without the right to it."""
        log = screen.admin_site._registry[ProviderCall]
        if not log.has_view_permission(self.request):
            return ProviderCall.objects.none()
        rows: QuerySet[ProviderCall] = log.get_queryset(self.request)
        return rows.defer(*_BYTES)


def _rounds_named(rounds: QuerySet[Round], what: str) -> QuerySet[Round]:
    providers = list(provider_names())
    legs = legs_by_provider_transaction(provider_ids=providers, provider_transaction_id=what)
    with suppress(ValueError):
        legs.append(UUID(what))
    by_leg = list(Leg.objects.filter(pk__in=legs, round_id__isnull=False).values_list("round_id", flat=True)[:MOST])
    return rounds.filter(Q(provider_id__in=providers, reference=what) | Q(pk__in=by_leg))


def _call_named(what: str) -> Q:
    return Q(provider_transaction_id=what) | Q(original_transaction_id=what) | Q(round_reference=what)


def _rounds_near(rounds: QuerySet[Round], at: datetime | None, near: timedelta) -> QuerySet[Round]:
    """Rounds that ran at any time within the span. One that lasts longer is found while it is open, or by name."""
    if at is None:
        return rounds
    start, end = at - near, at + near
    low = serial_floor(rounds, "opened_at", start - LONGEST_ROUND - SLACK)
    high = serial_floor(rounds, "opened_at", end + SLACK)
    ran = Q(pk__gte=low, pk__lte=high, opened_at__lte=end)
    return rounds.filter(ran & (Q(closed_at__isnull=True) | Q(closed_at__gte=start)))


def _rounds_section(found: list[Round]) -> Section:
    rows = [
        (
            record_link("play.round", item.pk, item.reference),
            record_link("players.player", item.player_id, item.player.public_id),
            item.game.name,
            item.provider.name,
            tag("Open", "warning") if item.closed_at is None else tag("Closed", "success"),
            money(item.staked, item.currency),
            money(item.won, item.currency),
            instant(item.opened_at),
            instant(item.closed_at),
        )
        for item in found[:MOST]
    ]
    headers = ("Round", "Player", "Game", "Provider", "State", "Staked", "Won", "Opened", "Closed")
    note = f"The newest {MOST} are shown: narrow the time." if len(found) > MOST else ""
    return Section("Rounds", headers, rows, empty="No round by this name or at this time. Is the id whole?", note=note)


def _calls_section(found: list[ProviderCall], *, by_name: bool) -> Section:
    rows = [
        (
            record_link("calls.providercall", call.pk, precise(call.received_at)),
            call.call or code(call.path),
            tag(call.outcome, {"": "success", "retry": "warning"}.get(call.error_class, "danger")),
            code(call.provider_transaction_id),
            code(call.round_reference),
            code(call.player),
            call.get_signature_display(),
        )
        for call in found[:MOST]
    ]
    headers = ("Received", "Call", "Outcome", "Transaction id", "Round", "Player", "Signature")
    title = "Calls by this name" if by_name else "Refused calls of this player"
    note = f"The newest {MOST} are shown." if len(found) > MOST else ""
    empty = "The call log has none: purged by age, or it never came."
    return Section(title, headers, rows, empty=empty, note=note)
