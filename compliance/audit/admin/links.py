"""Links from the trail to what it names. A name without a page stays text."""

from __future__ import annotations

import re
from typing import Final

from django.apps import apps
from django.contrib import admin

from common.backoffice.display import NOTHING, code, record_link

_SUBJECT: Final = re.compile(r"([a-z_]+\.[a-z_]+):([0-9a-f-]{1,36})")
_APPROVAL: Final = re.compile(r"approval:([0-9]{1,18})")
_PERSON: Final = re.compile(r"staff:([0-9]{1,18})")


def subject_link(subject: str) -> str:
    """What an event was done to, as a link to its page where it has one."""
    found = _SUBJECT.fullmatch(subject)
    if found is None:
        return code(subject)
    label, key = found.groups()
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return code(subject)
    if not admin.site.is_registered(model):
        return code(subject)
    return record_link(label, key, f"{model._meta.verbose_name} {key}")


def actor_link(actor: str) -> str:
    """Who did it; a person as a link to the person's page."""
    found = _PERSON.fullmatch(actor)
    if found is None:
        return code(actor) if actor else NOTHING
    return record_link("staff.staffuser", found.group(1), actor)


def approval_link(reference: str) -> str:
    """The approval by which it was done, as a link to its page."""
    found = _APPROVAL.fullmatch(reference)
    return record_link("approvals.approval", found.group(1), f"approval {found.group(1)}") if found else code(reference)
