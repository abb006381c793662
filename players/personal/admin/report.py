"""How much personal data each colleague revealed, day by day, with whoever stands out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.views.generic import TemplateView

from common.backoffice.display import record_link, tag
from common.backoffice.reach import reach
from common.backoffice.sections import Section
from common.clock import utc_now
from players.personal.selectors.reveals import RevealCounts, reveal_counts
from reporting.overview.admin.charts import Chart, Series

if TYPE_CHECKING:
    _Page = TemplateView
else:
    from unfold.views import UnfoldModelAdminViewMixin

    class _Page(UnfoldModelAdminViewMixin, TemplateView):
        """A page inside the back office."""


PERMISSION: Final = "personal.view_reveal_report"
DAYS: Final = 14
DRAWN: Final = 6  # more colours than this nobody tells apart
COLOURS: Final = ("#2563eb", "#ea580c", "#0d9488", "#9333ea", "#ca8a04", "#db2777")
REST: Final = "#64748b"


class RevealReportView(_Page):
    """Reveals per person per day, for two weeks."""

    title = "Revealed personal data by person and day"
    permission_required = (PERMISSION,)
    template_name = "admin/personal/reveal_report.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.pop("model_admin", None)  # unfold gives it again
        context = super().get_context_data(**kwargs)
        most = settings.REVEALS_PER_DAY_ALARM
        found = reveal_counts(now=utc_now(), days=DAYS, scope=reach(self.request, PERMISSION))
        return context | {"chart": _chart(found), "sections": [_table(found, most)], "most": most}


def _chart(found: RevealCounts) -> Chart:
    drawn, rest = found.people[:DRAWN], found.people[DRAWN:]
    series = [Series(name, found.of(key), colour) for (key, name), colour in zip(drawn, COLOURS, strict=False)]
    if rest:
        sums = [sum(day) for day in zip(*(found.of(key) for key, _name in rest), strict=True)]
        series.append(Series(f"{len(rest)} others", sums, REST))
    return Chart(
        title="Reveals by day",
        kind="bar",
        labels=[f"{day:%d %b}" for day in found.days],
        series=series,
        unit="reveals",
        along="day, UTC",
        empty="Nobody revealed personal data in these two weeks.",
    )


def _table(found: RevealCounts, most: int) -> Section:
    rows = [
        (
            record_link("staff.staffuser", key, name),
            *(tag(f"{count}", "danger") if count > most else count or "" for count in found.of(key)),
            found.total(key),
        )
        for key, name in found.people
    ]
    return Section(
        "Who revealed how much",
        ("Person", *(f"{day:%d %b}" for day in found.days), "Sum"),
        rows,
        empty="Nobody revealed personal data in these two weeks.",
        note=f"Red: more than {most} on one day (REVEALS_PER_DAY_ALARM). Ask what they were for: each has its purpose.",
    )
