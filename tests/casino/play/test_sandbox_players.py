"""Test players of the sandbox are on record: who made them, and with how many mock credits."""

from __future__ import annotations

from decimal import Decimal

import pytest

from casino.play.services.sandbox_players import sandbox_player_create
from compliance.audit.models import AuditEvent
from compliance.audit.selectors.timeline import timeline_of
from tests.factories import NOON, brand_make, caller_of, provider_make

pytestmark = pytest.mark.django_db


def test_who_made_a_test_player_stands_in_its_history() -> None:
    brand_make()
    caller = caller_of(provider_make())
    made = sandbox_player_create(
        currency="EUR", balance=Decimal(100), country="MT", language="en", caller=caller, now=NOON
    )
    event = AuditEvent.objects.get(name="play:sandbox:player_made")
    assert event.after is not None
    assert (event.actor, event.player_id, event.after["mock_credit"]) == (caller.actor, made.pk, "100")
    moments = timeline_of(subject=f"players.player:{made.pk}", player_id=made.pk)
    assert {moment.actor for moment in moments} == {caller.actor}
