from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from common.backoffice.books import BookScreen
from common.backoffice.display import NOTHING, code, instant, precise, record_link, tag
from common.backoffice.sections import Section
from common.backoffice.time_range import TimeRange
from compliance.audit.admin.changes import changes_glance, changes_section
from compliance.audit.admin.export import export_asked
from compliance.audit.admin.filters import OfName, OfSignificance
from compliance.audit.admin.links import actor_link, approval_link, subject_link
from compliance.audit.admin.reach import EventsInReach
from compliance.audit.catalogue import ORDINARY, WEIGHTS
from compliance.audit.enums import Outcome, Severity
from compliance.audit.models import AuditEvent
from compliance.audit.names import EventName
from players.models import Player

VARIANTS: Final = {Severity.NOTICE: "info", Severity.WARNING: "warning", Severity.CRITICAL: "danger"}
_NAME: Final = re.compile(r"[a-z_]+:[a-z_]+:[a-z_]+")
_SUBJECT: Final = re.compile(r"[a-z_]+\.[a-z_]+:[!-~]+")
SAME_REQUEST: Final = 50


@admin.register(AuditEvent)
class AuditEventAdmin(BookScreen[AuditEvent]):
    """Everything that people and programs did: found by person, object, player, name and time; edited by nobody."""

    scope = EventsInReach()
    list_display = ("when", "what", "who", "done_to", "changed", "why")
    list_filter = (
        ("recorded_at", TimeRange),
        OfName,
        OfSignificance,
        ("severity", ChoicesDropdownFilter),
        ("outcome", ChoicesDropdownFilter),
    )
    search_fields = ("subject",)
    search_help_text = (
        "Exactly: a person (staff:7), an object (players.player:12), a player's public id, a name"
        " (players:player:blocked), a request id, or a number."
    )
    when_empty = "Nothing is recorded for this choice. Everything that staff change from now on appears here."
    facts = (
        (None, (("name", "outcome_tag"), ("done_to", "player_link"), ("who", "behalf"), ("occurred", "recorded"))),
        ("Why", ("reason_text", "agreed")),
        ("From where", (("roles_text", "address"), ("request_number", "session_digest"), ("weight", "brand_link"))),
    )
    has_time_line = False
    list_before_template = "admin/audit/list_top.html"

    @admin.display(description="Time (UTC)")
    def when(self, event: AuditEvent) -> str:
        return precise(event.occurred_at)

    @admin.display(description="What")
    def what(self, event: AuditEvent) -> str:
        return tag(event.name, VARIANTS.get(Severity(event.severity), ""))

    @admin.display(description="Outcome")
    def outcome_tag(self, event: AuditEvent) -> str:
        return tag(event.get_outcome_display(), "" if event.outcome == Outcome.DONE else "warning")

    @admin.display(description="Who")
    def who(self, event: AuditEvent) -> str:
        return actor_link(event.actor)

    @admin.display(description="On behalf of")
    def behalf(self, event: AuditEvent) -> str:
        return actor_link(event.on_behalf_of)

    @admin.display(description="Object")
    def done_to(self, event: AuditEvent) -> str:
        return subject_link(event.subject)

    @admin.display(description="Changed")
    def changed(self, event: AuditEvent) -> str:
        return changes_glance(event.before, event.after)

    @admin.display(description="Why")
    def why(self, event: AuditEvent) -> str:
        return event.reason if len(event.reason) <= 80 else f"{event.reason[:79]}…"

    @admin.display(description="Reason")
    def reason_text(self, event: AuditEvent) -> str:
        return event.reason or NOTHING

    @admin.display(description="Occurred")
    def occurred(self, event: AuditEvent) -> str:
        return instant(event.occurred_at)

    @admin.display(description="Written down")
    def recorded(self, event: AuditEvent) -> str:
        return instant(event.recorded_at)

    @admin.display(description="Roles")
    def roles_text(self, event: AuditEvent) -> str:
        return ", ".join(event.roles) or NOTHING

    @admin.display(description="IP address")
    def address(self, event: AuditEvent) -> str:
        return code(event.ip)

    @admin.display(description="Request")
    def request_number(self, event: AuditEvent) -> str:
        return code(event.request_id)

    @admin.display(description="Session (digest)")
    def session_digest(self, event: AuditEvent) -> str:
        return code(event.session)

    @admin.display(description="Player")
    def player_link(self, event: AuditEvent) -> str:
        return (
            record_link("players.player", event.player_id, f"player {event.player_id}") if event.player_id else NOTHING
        )

    @admin.display(description="Brand")
    def brand_link(self, event: AuditEvent) -> str:
        return record_link("players.brand", event.brand_id, f"brand {event.brand_id}") if event.brand_id else NOTHING

    @admin.display(description="Approval")
    def agreed(self, event: AuditEvent) -> str:
        return approval_link(event.approval) if event.approval else NOTHING

    @admin.display(description="Weight")
    def weight(self, event: AuditEvent) -> str:
        if not event.significant:
            return event.get_severity_display()
        known = {name.value: weight for name, weight in WEIGHTS.items()}.get(event.name, ORDINARY).significant
        return f"{event.get_severity_display()}; significant: {known or 'yes'}"

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        if term.isascii() and term.isdigit() and len(term) < 19:
            return queryset.filter(pk=int(term))
        if _NAME.fullmatch(term) and term in set(EventName):
            return queryset.filter(name=term)
        if _SUBJECT.fullmatch(term):
            return queryset.filter(subject=term)
        if term.startswith("pl_"):
            player = Player.objects.filter(public_id=term).values_list("pk", flat=True).first()
            return queryset.none() if player is None else queryset.filter(player_id=player)
        return queryset.filter(Q(actor=term) | Q(on_behalf_of=term) | Q(request_id=term))

    def sections(self, request: HttpRequest, row: AuditEvent) -> Sequence[Section]:
        shown = [changes_section(row.before, row.after)]
        if row.request_id:
            others = self.get_queryset(request).filter(request_id=row.request_id).exclude(pk=row.pk)
            cells = [
                (precise(event.occurred_at), record_link("audit.auditevent", event.pk, event.name),
                 subject_link(event.subject), event.reason)
                for event in others.order_by("-pk")[:SAME_REQUEST]
            ]  # fmt: skip
            headers = ("Time (UTC)", "What", "Object", "Why")
            shown.append(Section("In the same request", headers, cells, empty="Nothing else."))
        return shown

    def has_export_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may take the trail out of the house."""
        return bool(request.user.has_perm("audit.export_audit"))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list, with the button that takes it out of the house."""
        extra = {"may_export": self.has_export_permission(request)}
        return super().changelist_view(request, (extra_context or {}) | extra)

    def get_custom_urls(self) -> tuple[tuple[str, str, Any], ...]:
        return (("export/", "audit_auditevent_export", self.export),)

    def export(self, request: HttpRequest, model_admin: object = None) -> HttpResponse:
        """The page that asks what leaves, and why."""
        return export_asked(self, request)
