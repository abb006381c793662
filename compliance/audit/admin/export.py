"""The page that takes the trail out of the house: what, of whom, from when; why; and the person once more."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminSplitDateTimeWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from common.backoffice.confirmed import Question, asked, staff_actor
from common.backoffice.reach import permission_to_view, reach
from common.backoffice.time_range import SLACK, serial_floor
from common.clock import instant_text, utc_now
from compliance.audit.models import AuditEvent
from compliance.audit.names import EventName
from compliance.services.audit_exports import trail_export

if TYPE_CHECKING:
    from compliance.audit.admin.audit_event import AuditEventAdmin

RIGHT: Final = "audit.export_audit"
CHOICES = [("", "Every name"), ("significant", "Significant events"), *((name, name) for name in sorted(EventName))]


class ExportForm(forms.Form):
    """What leaves the house. Everything may stay empty but the reason."""

    start = forms.SplitDateTimeField(
        required=False,
        label="From (UTC)",
        widget=UnfoldAdminSplitDateTimeWidget,
        help_text="Written down since.",
    )
    end = forms.SplitDateTimeField(
        required=False,
        label="Until (UTC)",
        widget=UnfoldAdminSplitDateTimeWidget,
        help_text="Written down before.",
    )
    name = forms.ChoiceField(required=False, choices=CHOICES, widget=UnfoldAdminSelectWidget)
    person = forms.RegexField(
        r"^[a-z][a-z_]*(:[A-Za-z0-9._@+-]+)*$", required=False, max_length=100, widget=UnfoldAdminTextInputWidget,
        help_text="Such as staff:7.",
    )  # fmt: skip
    subject = forms.RegexField(
        r"^[a-z_]+\.[a-z_]+:[!-~]+$", required=False, max_length=150, label="Object", widget=UnfoldAdminTextInputWidget,
        help_text="Such as players.player:12.",
    )  # fmt: skip
    player = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, label="Player's number",
                                widget=UnfoldAdminTextInputWidget)  # fmt: skip
    reason = forms.CharField(
        max_length=300, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text="Who asked for it, and what for. Kept in the trail.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("start") and data.get("end") and data["end"] <= data["start"]:
            self.add_error("end", "This is not after the beginning.")
        return data

    def narrowed(self, events: QuerySet[AuditEvent]) -> QuerySet[AuditEvent]:
        """The chosen events."""
        data = self.cleaned_data
        if data["start"]:
            events = events.filter(recorded_at__gte=data["start"], pk__gte=_floor(events, data["start"] - SLACK))
        if data["end"]:
            events = events.filter(recorded_at__lt=data["end"], pk__lt=_floor(events, data["end"] + SLACK))
        if data["name"] == "significant":
            events = events.filter(significant=True)
        elif data["name"]:
            events = events.filter(name=data["name"])
        if data["person"]:
            events = events.filter(Q(actor=data["person"]) | Q(on_behalf_of=data["person"]))
        if data["subject"]:
            events = events.filter(subject=data["subject"])
        return events.filter(player_id=data["player"]) if data["player"] else events

    def filters(self) -> dict[str, str]:
        """The choice in words, for manifest and trail."""
        chosen = {name: value for name, value in self.cleaned_data.items() if name != "reason" and value}
        return {name: instant_text(value) if name in {"start", "end"} else str(value) for name, value in chosen.items()}


def _floor(events: QuerySet[AuditEvent], moment: datetime) -> int:
    return serial_floor(events, "recorded_at", moment)


def export_asked(screen: AuditEventAdmin, request: HttpRequest) -> HttpResponse:
    """GET asks, POST answers with the ZIP: what the person may both see and export, each within its own reach."""
    if not screen.may(request, RIGHT):
        raise PermissionDenied
    back = reverse("admin:audit_auditevent_changelist")
    words = "A ZIP with the events as CSV and a manifest of what they are. The export itself stands in the trail."

    def perform(form: ExportForm) -> HttpResponse:
        scope = reach(request, RIGHT)
        everything = scope.everything and reach(request, permission_to_view(AuditEvent)).everything
        made = trail_export(
            events=screen.scope.narrow(form.narrowed(screen.get_queryset(request)), scope),
            filters=form.filters() | ({} if everything else {"within": "the reach of the exporter's roles"}),
            reason=form.cleaned_data["reason"], actor=staff_actor(request), now=utc_now(),
        )  # fmt: skip
        headers = {"Cache-Control": "no-store"}
        return FileResponse(  # type: ignore[return-value]  # streams, and is an answer all the same
            made.file, as_attachment=True, filename=made.name, content_type="application/zip", headers=headers
        )

    def question() -> Question:
        return Question("Export the audit trail?", words, "Export")

    return asked(screen, request, question=question, form_class=ExportForm, perform=perform, back=back, step_up=True)
