"""The time line below every object's page."""

from __future__ import annotations

from django.db.models import Model
from django.http import HttpRequest

from common.backoffice.display import instant, tag
from common.backoffice.sections import Section
from compliance.audit.enums import Severity
from compliance.audit.selectors.timeline import timeline_of

NEWEST = 20
VARIANTS = {Severity.NOTICE: "info", Severity.WARNING: "warning", Severity.CRITICAL: "danger"}


def subject_of(row: Model) -> str:
    """The name of a row in the trail: "players.player:12"."""
    return f"{row._meta.label_lower}:{row.pk}"


def timeline_section(request: HttpRequest, row: Model) -> Section:
    """The newest moments of a row."""
    rows = [
        (
            instant(moment.at),
            tag(moment.title, VARIANTS.get(Severity(moment.severity), "")),
            moment.actor,
            moment.reason,
        )
        for moment in timeline_of(subject=subject_of(row), limit=NEWEST)
    ]
    return Section("Time line", ("Time", "What", "Who", "Why"), rows, empty="Nothing is recorded of it yet.")
