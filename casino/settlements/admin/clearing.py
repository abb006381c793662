"""What gateways owe us, explained: the ledger's balance, and the rows that it consists of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.views.generic import TemplateView

from casino.settlements.selectors.clearing import Clearing, clearings
from common.backoffice.display import money, tag
from common.backoffice.sections import Section

if TYPE_CHECKING:
    _Page = TemplateView
else:
    from unfold.views import UnfoldModelAdminViewMixin

    class _Page(UnfoldModelAdminViewMixin, TemplateView):
        """A page inside the back office."""


HEADERS = (
    "Gateway", "Owed to us (ledger)", "Booked, not settled", "Bookings", "Settled, unknown to us",
    "Settled differently", "Written off", "Not read yet", "Breaks",
)  # fmt: skip


class ClearingView(_Page):
    """Ledger against files, by gateway and currency (R-27)."""

    title = "What gateways owe us"
    permission_required = ("settlements.view_settlementfile",)
    template_name = "admin/settlements/clearing.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.pop("model_admin", None)  # unfold gives it again
        context: dict[str, Any] = super().get_context_data(**kwargs)
        empty = "No gateway has a clearing account yet: the first payment opens it."
        return context | {"section": Section("", HEADERS, [_cells(one) for one in clearings()], empty)}


def _cells(one: Clearing) -> tuple[object, ...]:
    def shown(name: str) -> str:
        return money(getattr(one, name), one.currency)

    return (
        one.gateway, shown("owed"), shown("unsettled"), f"{one.unsettled_count:,}", shown("unknown"),
        shown("differences"), shown("written_off"), shown("unread"),
        tag(f"{one.breaks} waiting", "danger") if one.breaks else tag("none", "success"),
    )  # fmt: skip
