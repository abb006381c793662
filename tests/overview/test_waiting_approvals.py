"""What waits for a decision about a player stands in the header of the player's page, by the name of its kind."""

from __future__ import annotations

import pytest

from common.clock import utc_now
from compliance.approval_kinds import UNBLOCK, unblock_payload
from compliance.approvals.registry import approval_kind_get
from compliance.approvals.services.proposals import approval_propose
from players.services.players import player_block
from tests.factories import player_make
from tests.overview.conftest import Office
from tests.staff import staff_member

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_waits_for_a_decision_about_the_player_is_told_by_name(office_of: Office) -> None:
    alice, now, maker = player_make("Alice"), utc_now(), staff_member("responsible_gaming")
    address, office = f"/admin/players/player/{alice.pk}/change/", office_of("auditor")
    assert "waits:" not in office.get(address).content.decode()
    player_block(player_id=alice.pk, actor="staff:7", now=now, reason="asked by phone")
    alice.refresh_from_db()
    made = approval_propose(
        kind=UNBLOCK, payload=unblock_payload(player=alice), reason="called back", ticket="SUP-1",
        actor=f"staff:{maker.pk}", now=now,
    )  # fmt: skip
    text = " ".join(office.get(address).content.decode().split())
    assert f"Approval {made.pk}</a> waits: {approval_kind_get(UNBLOCK).title}, " in text
