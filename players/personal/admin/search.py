"""Finding players by e-mail, phone or name with birth date. What is looked for travels in no address and no log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.generic import TemplateView
from unfold.widgets import UnfoldAdminDateWidget, UnfoldAdminTextInputWidget

from common.backoffice.confirmed import staff_actor
from common.backoffice.display import code, record_link, tag
from common.backoffice.reach import reach
from common.backoffice.sections import Section
from common.clock import utc_now
from players.models import Player
from players.personal.admin.player_steps import UNKEPT
from players.personal.services.searches import players_search

if TYPE_CHECKING:
    _Page = TemplateView
else:
    from unfold.views import UnfoldModelAdminViewMixin

    class _Page(UnfoldModelAdminViewMixin, TemplateView):
        """A page inside the back office."""


PERMISSION: Final = "players.find_by_personal_data"
_TYPED: Final = {"autocomplete": "off", "spellcheck": "false"}


class SearchForm(forms.Form):
    """One of three ways; the first that is filled in counts."""

    email = forms.CharField(
        max_length=254, required=False, label="E-mail", widget=UnfoldAdminTextInputWidget(attrs=_TYPED)
    )
    phone = forms.CharField(max_length=40, required=False, widget=UnfoldAdminTextInputWidget(attrs=_TYPED))
    full_name = forms.CharField(max_length=200, required=False, widget=UnfoldAdminTextInputWidget(attrs=_TYPED))
    birth_date = forms.DateField(required=False, widget=UnfoldAdminDateWidget, help_text="Needed beside the name.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("email") or data.get("phone"):
            return data
        if not (data.get("full_name") and data.get("birth_date")):
            raise forms.ValidationError("Give an e-mail address, a phone number, or a name with its birth date.")
        return data


class FindPlayerView(_Page):
    """Exact matches only, among the players within reach; that somebody looked is recorded, not what for."""

    title = "Find a player by personal data"
    permission_required = (PERMISSION,)
    template_name = "admin/personal/find.html"
    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._page(SearchForm(), None)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = SearchForm(request.POST)
        if not form.is_valid():
            return self._page(form, None)
        found = players_search(
            **form.cleaned_data, scope=reach(request, PERMISSION), actor=staff_actor(request), now=utc_now()
        )
        return self._page(form, found)

    def _page(self, form: SearchForm, found: Sequence[Player] | None) -> HttpResponse:
        context = self.get_context_data(form=form, section=None if found is None else _found(found))
        status = 422 if form.errors else 200
        return TemplateResponse(self.request, self.template_name, context, headers=UNKEPT, status=status)


def _found(players: Sequence[Player]) -> Section:
    rows = [
        (record_link("players.player", player.pk, player.nickname), code(player.public_id), player.brand.name,
         tag(player.get_status_display()))
        for player in players
    ]  # fmt: skip
    empty = "Nobody: only exact matches are found, among the players that you may see."
    return Section("Found", ("Player", "Public id", "Brand", "Status"), rows, empty=empty)
