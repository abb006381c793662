from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.html import format_html
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import action

from common.backoffice.books import BookScreen
from common.backoffice.confirmed import Question, ReasonForm, confirmed, staff_actor
from common.backoffice.display import NOTHING, instant, tag
from common.clock import utc_now
from common.scope import HouseWide
from compliance.audit.admin.links import actor_link
from reporting.monitoring.admin.board import BoardView, RunbookView
from reporting.monitoring.admin.words import SEVERITIES, STATES, bound_words, exact, figure_words, screen_address
from reporting.monitoring.enums import AlertState, Severity
from reporting.monitoring.models import Alert
from reporting.monitoring.services.alerts import alert_acknowledge


@admin.register(Alert)
class AlertAdmin(BookScreen[Alert]):
    """Every alert that ever fired. Nobody edits one: people acknowledge, the house resolves."""

    scope = HouseWide("An alert is about the house's machinery, and names no player.")
    list_display = ("title_words", "about", "severity_tag", "state_tag", "value_words", "began", "ended")
    list_select_related = ("rule",)
    list_filter = (("state", ChoicesDropdownFilter), ("severity", ChoicesDropdownFilter))
    when_empty = "Nothing ever fired."
    facts = (
        (
            None,
            (
                ("title_words", "state_tag"), ("about", "severity_tag"), ("value_words", "bound"),
                ("worst_words", "told"),
            ),
        ),
        ("When", (("began", "ended"), ("runbook", "screen"))),
        ("Who is on it", (("taken_by", "taken_at"), ("acknowledge_reason",))),
    )  # fmt: skip
    actions_detail = ("acknowledge",)

    def get_urls(self) -> list[Any]:
        inside = self.admin_site.admin_view
        return [
            path("board/", inside(BoardView.as_view(model_admin=self)), name="monitoring_alert_board"),
            path(
                "board/runbook/<slug:name>/", inside(RunbookView.as_view(model_admin=self)),
                name="monitoring_alert_runbook",
            ),
            *super().get_urls(),
        ]  # fmt: skip

    @admin.display(description="Alert")
    def title_words(self, alert: Alert) -> str:
        return alert.rule.title

    @admin.display(description="Of")
    def about(self, alert: Alert) -> str:
        return alert.scope or NOTHING

    @admin.display(description="Severity")
    def severity_tag(self, alert: Alert) -> str:
        return tag(alert.severity.upper(), SEVERITIES[Severity(alert.severity)])

    @admin.display(description="State")
    def state_tag(self, alert: Alert) -> str:
        return tag(alert.get_state_display(), STATES[AlertState(alert.state)])

    @admin.display(description="Newest value")
    def value_words(self, alert: Alert) -> str:
        words = figure_words(alert.rule.measure, alert.value)
        return format_html('<span class="amount" title="exactly {}">{}</span>', exact(alert.value), words)

    @admin.display(description="Worst value")
    def worst_words(self, alert: Alert) -> str:
        return figure_words(alert.rule.measure, alert.worst)

    @admin.display(description="Fires at")
    def bound(self, alert: Alert) -> str:
        return bound_words(alert.rule.measure, alert.rule.expression, alert.threshold)

    @admin.display(description="Since")
    def began(self, alert: Alert) -> str:
        return instant(alert.since)

    @admin.display(description="Resolved")
    def ended(self, alert: Alert) -> str:
        return instant(alert.resolved_at)

    @admin.display(description="On call told")
    def told(self, alert: Alert) -> str:
        return instant(alert.paged_at)

    @admin.display(description="What to do")
    def runbook(self, alert: Alert) -> str:
        place = f"../../board/runbook/{alert.rule.runbook}/"
        return format_html('<a class="record-link" href="{}">Runbook</a>', place)

    @admin.display(description="What is meant")
    def screen(self, alert: Alert) -> str:
        address = screen_address(alert.rule.screen, alert.scope)
        return format_html('<a class="record-link" href="{}">Show</a>', address) if address else NOTHING

    @admin.display(description="Acknowledged by")
    def taken_by(self, alert: Alert) -> str:
        return actor_link(alert.acknowledged_by) if alert.acknowledged_by else NOTHING

    @admin.display(description="Acknowledged")
    def taken_at(self, alert: Alert) -> str:
        return instant(alert.acknowledged_at)

    def has_acknowledge_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may say that he or she is on it."""
        return self.may(request, "monitoring.acknowledge_alert", obj)

    @action(description="Acknowledge", icon="front_hand", permissions=["acknowledge"])
    def acknowledge(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def perform(alert: Alert, form: ReasonForm) -> str:
            alert_acknowledge(
                alert_id=alert.pk, reason=form.cleaned_data["reason"], actor=staff_actor(request), now=utc_now()
            )
            return "You are on it. The alert resolves by itself once its measure is within bounds."

        question = Question("Are you on this alert?", "Others see that you look after it, and why.", "Acknowledge")
        return confirmed(
            self, request, object_id, question=lambda _row: question, form_class=ReasonForm, perform=perform
        )
