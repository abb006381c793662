"""How well each provider and our books agree, over the last thirty days, and how that moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.views.generic import TemplateView

from casino.reconciliation.enums import BreakKind
from casino.reconciliation.selectors.scorecard import Card, scorecards, trend
from common.backoffice.display import NOTHING, age, instant, money, record_link, tag
from common.backoffice.sections import Section
from common.clock import utc_now
from reporting.overview.admin.charts import GREY, PRIMARY, Chart, Series

if TYPE_CHECKING:
    _Page = TemplateView
else:
    from unfold.views import UnfoldModelAdminViewMixin

    class _Page(UnfoldModelAdminViewMixin, TemplateView):
        """A page inside the back office."""


DAYS: Final = 30
LINES: Final = (PRIMARY, GREY, "#d97706", "#0e7490", "#7c3aed", "#be185d")
HEADERS: Final = (
    "Provider", "Statements", "Lines", "Agree", "Breaks per 10,000", "Waiting", "Oldest", "Unmatched",
    "Not understood", "Told until",
)  # fmt: skip


class ScorecardView(_Page):
    """A table of providers, one of kinds, and the trend."""

    title = "Scorecard of providers"
    permission_required = ("reconciliation.view_statement",)
    template_name = "admin/reconciliation/scorecard.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.pop("model_admin", None)  # unfold gives it again
        context: dict[str, Any] = super().get_context_data(**kwargs)
        now = utc_now()
        cards = scorecards(days=DAYS, now=now)
        empty = "No statement was matched in the last thirty days."
        kinds = Section(
            "Breaks by kind", ("Provider", *(kind.label for kind in BreakKind)),
            [(card.provider, *(f"{card.kinds.get(kind, 0):,}" for kind in BreakKind)) for card in cards], empty,
        )  # fmt: skip
        table = Section("Providers", HEADERS, [_cells(card, now) for card in cards], empty)
        return context | {"tables": (table, kinds), "charts": [_chart(now)], "days": DAYS}


def _cells(card: Card, now: Any) -> tuple[object, ...]:
    share, rate = card.matched, card.per_10_000
    variant = "" if share is None else "success" if share >= 99 else "warning" if share >= 95 else "danger"
    return (
        record_link("games.provider", card.provider_id, card.provider), f"{card.statements:,}", f"{card.lines:,}",
        NOTHING if share is None else tag(f"{share:.2f} %", variant), NOTHING if rate is None else f"{rate:,.1f}",
        tag(f"{card.waiting:,}", "danger") if card.waiting else tag("none", "success"),
        age(card.oldest, now) if card.oldest else NOTHING, money(card.unmatched, settings.BASE_CURRENCY),
        f"{card.faults:,}", instant(card.until),
    )  # fmt: skip


def _chart(now: Any) -> Chart:
    labels, found = trend(days=DAYS, now=now)
    series = [
        Series(name, values, LINES[place % len(LINES)]) for place, (name, values) in enumerate(sorted(found.items()))
    ]
    return Chart(
        title="Breaks per 10,000 lines", kind="bar", labels=[f"{day:%d %b}" for day in labels], series=series,
        unit="breaks", along="day of matching", places=1, empty="No statement was matched in the last thirty days.",
    )  # fmt: skip
