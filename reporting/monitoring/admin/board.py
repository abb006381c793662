"""The health board, and the runbooks that it leads to."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.generic import TemplateView

from common.backoffice.display import NOTHING, age, record_link, tag
from common.backoffice.sections import Section
from common.clock import utc_now
from reporting.monitoring.admin.words import SEVERITIES, STATES, bound_words, exact, figure_words, screen_address
from reporting.monitoring.enums import AlertState, Severity
from reporting.monitoring.measures import MEASURES
from reporting.monitoring.runbooks import runbook_parts
from reporting.monitoring.selectors.board import BoardLine, board

if TYPE_CHECKING:
    _Page = TemplateView
else:
    from unfold.views import UnfoldModelAdminViewMixin

    class _Page(UnfoldModelAdminViewMixin, TemplateView):
        """A page inside the back office."""


HEADERS = ("Alert", "Severity", "State", "Value", "Fires at", "Last hour", "Since", "What to do")


class BoardView(_Page):
    """All alerts by area, live ones first."""

    title = "Health board"
    permission_required = ("monitoring.view_alert",)
    template_name = "admin/monitoring/board.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.pop("model_admin", None)  # unfold gives it again
        context: dict[str, Any] = super().get_context_data(**kwargs)
        now = utc_now()
        found = board(now=now)
        lines = [line for _area, lines in found.areas for line in lines]
        live = [line.alert for line in lines if line.alert is not None]
        counts = [
            (Severity(severity).value.upper(), sum(alert.severity == severity for alert in live), SEVERITIES[severity])
            for severity in Severity
        ]
        sections = [
            Section(area.label, HEADERS, [_cells(line) for line in lines], "Nothing is watched here.")
            for area, lines in found.areas
        ]
        return context | {
            "sections": sections, "counts": counts, "silent": found.silent, "evaluated_at": found.evaluated_at,
            "failed": found.failed, "as_of": now,
        }  # fmt: skip


def _cells(line: BoardLine) -> tuple[object, ...]:
    rule, alert = line.rule, line.alert
    address = screen_address(rule.screen, line.scope)
    title: object = rule.title
    if alert is not None:
        title = record_link("monitoring.alert", alert.pk, rule.title)
    elif address:
        title = format_html('<a class="record-link" href="{}">{}</a>', address, rule.title)
    value: object = NOTHING
    if line.value is not None:
        value = format_html(
            '<span class="amount" title="exactly {}">{}</span>',
            exact(line.value),
            figure_words(rule.measure, line.value),
        )
    return (
        format_html('<span class="board-title">{}</span><div class="text-subtle">{}</div>', title, line.scope),
        tag(Severity(rule.severity).value.upper(), SEVERITIES[Severity(rule.severity)]),
        _state(line),
        value,
        bound_words(rule.measure, rule.expression, rule.threshold),
        sparkline(line.last_hour),
        age(alert.since, utc_now()) if alert is not None else NOTHING,
        format_html('<a class="record-link" href="runbook/{}/">Runbook</a>', rule.runbook),
    )


def _state(line: BoardLine) -> str:
    if not line.rule.enabled:
        return tag("Off")
    if line.alert is not None:
        return tag(line.alert.get_state_display(), STATES[AlertState(line.alert.state)])
    if line.value is None:
        return tag("None", "success") if MEASURES[line.rule.measure].label else tag("Nothing measured")
    return tag("Out of bounds", "warning") if line.beyond else tag("Well", "success")


def sparkline(values: tuple[Decimal, ...]) -> str | SafeString:
    """The last hour as a line of 120 by 24; its figures are in words for whoever can not see it."""
    if len(values) < 2:
        return NOTHING
    low, high = min(values), max(values)
    spread = (high - low) or Decimal(1)
    step = Decimal(118) / (len(values) - 1)
    points = " ".join(
        f"{1 + number * step:.1f},{22 - 20 * (value - low) / spread:.1f}" for number, value in enumerate(values)
    )
    words = f"{len(values)} values from {float(low):,.2f} to {float(high):,.2f}, now {float(values[-1]):,.2f}"
    return format_html(
        '<svg class="sparkline" width="120" height="24" viewBox="0 0 120 24" role="img" aria-label="{}">'
        '<title>{}</title><polyline fill="none" stroke="currentColor" stroke-width="1.5" points="{}"/></svg>',
        words, words, points,
    )  # fmt: skip


class RunbookView(_Page):
    """One page of docs/runbooks."""

    title = "Runbook"
    permission_required = ("monitoring.view_alert",)
    template_name = "admin/monitoring/runbook.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.pop("model_admin", None)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        try:
            title, parts = runbook_parts(self.kwargs["name"])
        except FileNotFoundError as problem:
            raise Http404("There is no such runbook.") from problem
        return context | {"title": title, "parts": parts}
