"""Staff place blocks and flags at once, lift them by two, and see the gate's reasons on the player's page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from casino.lobby.models import Availability
from common.clock import utc_now
from compliance.approvals.models import Approval
from compliance.approvals.services.decisions import approval_approve
from compliance.approvals.services.proposals import approval_propose
from compliance.gate.approval_kinds import LIFT, flag_lift_payload
from compliance.gate.enums import FlagKind
from compliance.gate.models import Flag
from compliance.gate.services.flags import flag_place
from players.models import Player
from tests.factories import CAROL, game_make, player_make, provider_make
from tests.gate.breaches import gate_of_the_story
from tests.signin.session import signed_in_client
from tests.staff import staff_member

pytestmark = pytest.mark.django_db


def as_role(role: str) -> Client:
    return signed_in_client(staff_member(role))


@pytest.fixture
def alice() -> Player:
    return player_make()


def test_every_screen_of_the_gate_lists_and_shows_its_rows(alice: Player) -> None:
    game_make(provider_make())
    gate_of_the_story(alice)
    client = as_role("auditor")
    for name in ("gate_flag", "gate_playclock", "gate_realitycheck", "gate_realityinterval", "geo_locationcheck"):
        listed = client.get(reverse(f"admin:{name}_changelist"))
        assert listed.status_code == 200, name
        assert alice.nickname in listed.content.decode(), name
    for name, key in (("gate_flag", Flag.objects.earliest("pk").pk), ("gate_playclock", alice.pk)):
        assert client.get(reverse(f"admin:{name}_change", args=[key])).status_code == 200
    assert client.get(reverse("admin:lobby_availability_changelist")).status_code == 200


def test_a_block_is_placed_at_once_and_bad_input_is_one_clear_error(alice: Player) -> None:
    client = as_role("risk")
    address = reverse("admin:gate_flag_add")
    body = {"player": alice.public_id, "kind": "deposit_blocked", "reason": "chargebacks"}
    wrong = client.post(address, body | {"player": "pl_nobody"})
    assert "No player has this public id" in wrong.content.decode()
    yesterday = utc_now() - timedelta(days=1)
    past = {"ends_at_0": f"{yesterday:%Y-%m-%d}", "ends_at_1": "00:00:00"}
    assert "This is in the past" in client.post(address, body | past).content.decode()
    assert not Flag.objects.exists()
    assert client.post(address, body).status_code == 302
    flag = Flag.objects.get()
    assert (flag.kind, flag.player_id, flag.placed_by[:6]) == ("deposit_blocked", alice.pk, "staff:")


def test_a_block_is_lifted_by_two_people(alice: Player) -> None:
    flag = flag_place(
        player_id=alice.pk, kind=FlagKind.BET_BLOCKED, ends_at=None, reason="x", actor=CAROL, now=utc_now()
    )
    assert as_role("risk").get(reverse("admin:gate_flag_lift", args=[flag.pk])).status_code == 200
    maker = staff_member("risk")
    approval_propose(
        kind=LIFT, payload=flag_lift_payload(flag=flag, now=utc_now()), reason="was a mistake", ticket="T-1",
        actor=f"staff:{maker.pk}", now=utc_now(),
    )  # fmt: skip
    assert Flag.objects.get().ends_at is None, "one person alone lifts nothing"
    officer = staff_member("compliance_officer")
    approval_approve(approval_id=Approval.objects.get().pk, reason="agreed", actor=f"staff:{officer.pk}", now=utc_now())
    lifted = Flag.objects.get()
    assert lifted.ends_at is not None
    assert lifted.lifted_by.startswith("staff:")


def test_the_players_page_shows_the_gates_reasons_to_who_may_see_them(alice: Player) -> None:
    flag_place(
        player_id=alice.pk, kind=FlagKind.WITHDRAWAL_BLOCKED, ends_at=None, reason="x", actor=CAROL, now=utc_now()
    )
    address = reverse("admin:players_player_change", args=[alice.pk])
    page = as_role("risk").get(address).content.decode()
    assert "What the gate says" in page
    assert "withdrawal_blocked" in page
    assert "What the gate says" not in as_role("marketing").get(address).content.decode()


def test_staff_narrow_where_a_game_is_offered(alice: Player) -> None:
    game = game_make(provider_make())
    client = as_role("games")
    address = reverse("admin:lobby_availability_add")
    body = {"game": game.pk, "currencies": "eur, gbp", "devices": "mobile", "reason": "contract"}
    assert "is not known here" in client.post(address, body | {"currencies": "ZZZ"}).content.decode()
    assert client.post(address, body).status_code == 302
    row = Availability.objects.get()
    assert (row.currencies, row.devices) == (["EUR", "GBP"], ["mobile"])
    changed = client.post(reverse("admin:lobby_availability_change", args=[game.pk]), body | {"devices": ""})
    assert changed.status_code == 302, changed.content.decode()[:2000]
    row.refresh_from_db()
    assert row.devices == []
