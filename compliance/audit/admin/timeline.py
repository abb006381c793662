"""The time line below every object's page, and the page of it that stands in place of Django's history."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from common.backoffice.display import precise, record_link, tag
from common.backoffice.sections import Section
from common.backoffice.timelines import NEWEST
from compliance.audit.admin.changes import changes_line
from compliance.audit.admin.links import actor_link, approval_link
from compliance.audit.enums import Outcome
from compliance.audit.selectors.timeline import Moment, timeline_of

TITLE: Final = "Audit time line"
MAY_SEE: Final = "audit.view_timeline"


def subject_of(row: Model) -> str:
    """The name of a row in the trail: "players.player:12"."""
    return f"{row._meta.label_lower}:{row.pk}"


def timeline_section(request: HttpRequest, row: Model, most: int = NEWEST, until: datetime | None = None) -> Section:
    """The newest moments of a row, for whoever may see time lines; `until` shows them as of then."""
    player_id = row.pk if row._meta.label_lower == "players.player" else None
    may_open = request.user.has_perm("audit.view_auditevent")
    moments = timeline_of(subject=subject_of(row), player_id=player_id, until=until, limit=most)
    opts = row._meta
    whole = reverse(f"admin:{opts.app_label}_{opts.model_name}_history", args=[row.pk])
    return Section(
        TITLE,
        ("Time (UTC)", "What", "Who", "Changed", "Why"),
        [_cells(moment, may_open=may_open) for moment in moments],
        empty="Nothing is recorded of it.",
        note=f"The newest {most}." if len(moments) == most else "",
        links=[("Whole time line", whole)] if most == NEWEST else (),
        permission=MAY_SEE,
    )


def _cells(moment: Moment, *, may_open: bool) -> tuple[object, ...]:
    known = moment.event_id and may_open
    title = record_link("audit.auditevent", moment.event_id, moment.title) if known else moment.title
    refused = "" if moment.outcome == Outcome.DONE else tag(Outcome(moment.outcome).label, "warning")
    behalf = f" for {moment.on_behalf_of}" if moment.on_behalf_of else ""
    return (
        precise(moment.at),
        format_html("{} {}", title, refused),
        format_html("{}{}", actor_link(moment.actor), behalf),
        changes_line(moment.before, moment.after),
        format_html("{} {}", moment.reason, approval_link(moment.approval)) if moment.approval else moment.reason,
    )
