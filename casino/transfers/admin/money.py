"""How much money of players is at providers, how old it is, and where nobody knows."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.html import format_html
from django.views.generic import TemplateView

from casino.transfers.models import TransferVisit
from casino.transfers.selectors.totals import money_at_providers
from casino.transfers.selectors.visits import visits_open
from common.backoffice.display import NOTHING, age, money, record_link, tag
from common.backoffice.reach import reach
from common.backoffice.sections import Section
from common.clock import utc_now
from common.scope import PLAYER

if TYPE_CHECKING:
    _Page = TemplateView
else:
    from unfold.views import UnfoldModelAdminViewMixin

    class _Page(UnfoldModelAdminViewMixin, TemplateView):
        """A page inside the back office."""


OLDEST = 50
TOTALS = ("Provider", "Sent there", "", "There, last told", "Players", "Oldest", "Without a clear answer")
STAYS = ("Age", "Stay", "Player", "Provider", "State", "Sent", "There, last told")


class MoneyAtProvidersView(_Page):
    """Totals per provider and currency, and below them the oldest stays."""

    title = "Money at providers"
    permission_required = ("transfers.view_transfervisit",)
    template_name = "admin/transfers/money.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.pop("model_admin", None)  # unfold gives it again
        context = super().get_context_data(**kwargs)
        rows = PLAYER.narrow(visits_open(), reach(self.request, "transfers.view_transfervisit"))
        return context | {"tables": (self._totals(rows), self._oldest(rows))}

    def _totals(self, rows: Any) -> Section:
        found = money_at_providers(rows)
        most: dict[str, Decimal] = {}
        for one in found:
            most[one.currency] = max(most.get(one.currency, Decimal(0)), one.sent)
        now = utc_now()
        lines = [
            (
                record_link("games.provider", one.provider_id, one.provider),
                money(one.sent, one.currency),
                _bar(one.sent, most[one.currency]),
                money(one.there, one.currency),
                f"{one.visits:,}",
                age(one.oldest, now),
                tag(f"{one.unclear}", "danger") if one.unclear else NOTHING,
            )
            for one in found
        ]
        note = "Held on the players' accounts until it is back. Bars compare providers within a currency."
        return Section("Per provider", TOTALS, lines, "No money of players is at a provider.", note=note)

    def _oldest(self, rows: Any) -> Section:
        now = utc_now()
        stays: list[TransferVisit] = list(rows.select_related("player", "provider")[:OLDEST])
        lines = [
            (
                age(visit.opened_at, now),
                record_link("transfers.transfervisit", visit.pk, visit.reference),
                record_link("players.player", visit.player_id, visit.player),
                visit.provider.name,
                visit.get_state_display(),
                money(visit.sent, visit.currency),
                money(visit.seen_balance, visit.currency),
            )
            for visit in stays
        ]
        return Section("Oldest first", STAYS, lines, "None.")


def _bar(part: Decimal, whole: Decimal) -> str:
    share = int(part * 100 / whole) if whole else 0
    return format_html('<meter min="0" max="100" value="{}" aria-hidden="true"></meter>', share)
