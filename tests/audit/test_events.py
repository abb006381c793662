"""audit_record: the one way into the trail."""

from __future__ import annotations

import pytest

from compliance.audit.models import AuditEvent
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from tests.factories import NOON

pytestmark = pytest.mark.django_db


def test_an_event_is_written_and_numbered() -> None:
    number = audit_record(
        name=EventName.PLAYER_BLOCKED, actor="staff:7", now=NOON, subject="players.player:12", reason="fraud",
        player_id=12, before={"status": "active"}, after={"status": "blocked"},
    )  # fmt: skip
    event = AuditEvent.objects.get(pk=number)
    assert (event.name, event.actor, event.after) == ("players:player:blocked", "staff:7", {"status": "blocked"})
    assert event.significant
