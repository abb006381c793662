from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.decorators import action
from unfold.widgets import (
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldBooleanSwitchWidget,
)

from common.backoffice.books import BookScreen
from common.backoffice.confirmed import Question, ReasonForm, confirmed, staff_actor
from common.backoffice.display import instant, tag
from common.clock import utc_now
from common.scope import HouseWide
from compliance.audit.admin.links import actor_link
from reporting.monitoring.admin.words import SEVERITIES, bound_words
from reporting.monitoring.enums import Severity
from reporting.monitoring.models import AlertRule
from reporting.monitoring.services.rules import rule_set


class RuleForm(ReasonForm):
    """What changes of a rule from now on."""

    threshold = forms.DecimalField(max_digits=20, decimal_places=6, widget=UnfoldAdminDecimalFieldWidget)
    window_minutes = forms.IntegerField(
        min_value=1, max_value=1440, widget=UnfoldAdminIntegerFieldWidget, label="Window, minutes"
    )
    severity = forms.ChoiceField(choices=Severity.choices, widget=UnfoldAdminSelectWidget)
    enabled = forms.BooleanField(required=False, initial=True, widget=UnfoldBooleanSwitchWidget)
    field_order = ("threshold", "window_minutes", "severity", "enabled", "reason")


@admin.register(AlertRule)
class AlertRuleAdmin(BookScreen[AlertRule]):
    """When alerts fire: dated rows, of which the newest of a code is in force."""

    scope = HouseWide("An alert is the whole house's.")
    has_time_line = False
    list_display = ("title", "bound", "window_minutes", "severity_tag", "enabled", "valid", "setter")
    search_fields = ("code",)
    search_help_text = "The alert's code, such as calls_slow."
    when_empty = "No rules yet: the first evaluation writes them."
    facts = (
        (None, (("title", "severity_tag"), ("bound", "window_minutes"), ("enabled", "runbook"))),
        ("Set", (("setter", "valid"), ("reason",))),
    )
    actions_detail = ("tune",)

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(code=term)

    @admin.display(description="Fires at")
    def bound(self, rule: AlertRule) -> str:
        return bound_words(rule.measure, rule.expression, rule.threshold)

    @admin.display(description="Severity")
    def severity_tag(self, rule: AlertRule) -> str:
        return tag(rule.severity.upper(), SEVERITIES[Severity(rule.severity)])

    @admin.display(description="In force from")
    def valid(self, rule: AlertRule) -> str:
        return instant(rule.valid_from)

    @admin.display(description="Set by")
    def setter(self, rule: AlertRule) -> str:
        return actor_link(rule.set_by)

    def has_set_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may change when alerts fire."""
        return self.may(request, "monitoring.set_alertrule", obj)

    @action(description="Change", icon="tune", permissions=["set"])
    def tune(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def perform(rule: AlertRule, form: RuleForm) -> str:
            data = form.cleaned_data
            rule_set(
                code=rule.code, threshold=data["threshold"], window_minutes=data["window_minutes"],
                severity=Severity(data["severity"]), enabled=data["enabled"], reason=data["reason"],
                actor=staff_actor(request), now=utc_now(),
            )  # fmt: skip
            return "In force from now on. The rows before it stay."

        def question(rule: AlertRule) -> Question:
            facts = (("Now fires at", bound_words(rule.measure, rule.expression, rule.threshold)),)
            words = "The next evaluation judges by it; alerts that are live keep the threshold they fired at."
            return Question(f"Change “{rule.title}”?", words, "Put in force", facts=facts)

        return confirmed(self, request, object_id, question=question, form_class=RuleForm, perform=perform)
