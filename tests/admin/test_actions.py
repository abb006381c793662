"""unfold runs actions on GET. Ours ask on GET and change on POST, with the token."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casino.games.models import KeyHandover, ProviderKey
from common.clock import utc_now
from compliance.enums import RestrictionKind
from compliance.services.restrictions import restriction_place
from compliance.staff.models import StaffUser
from tests.admin.conftest import House
from tests.admin.screens import address, name_of, screens
from tests.signin.session import sign_in
from tests.stops.house import stop_make

WRITES = ("INSERT", "UPDATE", "DELETE", "TRUNCATE", "MERGE", "COPY", "CALL")
LEADS = {"credit", "debit"}  # to the page of the proposal
KINDS = ("actions_list", "actions_detail", "actions_row", "actions_submit_line")


def walked() -> list[tuple[Any, str]]:
    found = []
    for screen in screens():
        assert not screen.actions, f"{name_of(screen)}: bulk actions are not ours"
        assert not screen.actions_list
        assert not screen.actions_submit_line
        found += [(screen, name) for kind in KINDS for name in getattr(screen, kind)]
    return found


@pytest.fixture
def restricted(house: House, carol: StaffUser) -> House:
    KeyHandover.objects.create(
        key=ProviderKey.objects.earliest("pk"),
        receiver=carol,
        until=utc_now() + timedelta(hours=1),
        approval="approval:1",
    )
    restriction_place(
        player_id=house.alice.pk, kind=RestrictionKind.KYC_REQUIRED, starts_at=utc_now(), ends_at=None,
        reason="documents expired", actor="staff:1", now=utc_now(),
    )  # fmt: skip
    stop_make(house.alice)
    return house


def test_the_walk_finds_the_actions_that_we_have() -> None:
    assert {f"{name_of(screen)}.{name}" for screen, name in walked()} == {
        "players_player.block", "players_player.unblock", "players_player.close_account",
        "compliance_restriction.lift", "games_provider.issue_key", "games_providerkey.retire",
        "games_game.stop_play", "games_game.resume_play", "games_provider.stop_play", "games_provider.resume_play",
        "players_player.stop_play", "players_player.resume_play", "games_stop.resume", "games_stop.write_review",
        "play_round.evidence", "players_player.credit", "players_player.debit", "wallet_transaction.reverse",
        "players_player.reveal_contact", "players_player.reveal_identity", "players_player.change_personal",
        "players_player.export_subject",
        "games_provider.change_allow_list", "games_providerkey.collect_secret", "staff_role.propose_change",
        "staff_rolegrant.revoke", "staff_staffuser.grant_role", "staff_staffuser.reset_factor",
        "staff_staffuser.invite", "staff_staffuser.switch_off", "staff_staffuser.switch_on",
    }  # fmt: skip


@pytest.mark.parametrize(("screen", "name"), walked(), ids=str)
def test_reading_an_action_changes_nothing(screen: Any, name: str, office: Client, restricted: House) -> None:
    row = screen.model.objects.order_by("pk").first()
    with CaptureQueriesContext(connection) as queries:
        answer = office.get(address(screen, name, row.pk))
    if name in LEADS:
        answer = office.get(answer.headers["Location"])
    assert answer.status_code == 200
    assert b"csrfmiddlewaretoken" in answer.content
    written = [query["sql"] for query in queries if query["sql"].lstrip().upper().startswith(WRITES)]
    assert written == []


@pytest.mark.parametrize(("screen", "name"), walked(), ids=str)
def test_an_action_without_its_token_is_refused(
    screen: Any, name: str, strict_office: Client, restricted: House
) -> None:
    row = screen.model.objects.order_by("pk").first()
    where = strict_office.get(address(screen, name, row.pk))
    target = where.headers["Location"] if name in LEADS else address(screen, name, row.pk)
    assert strict_office.post(target, {"reason": "because"}).status_code == 403


@pytest.mark.parametrize(("screen", "name"), walked(), ids=str)
def test_an_action_asks_for_its_right(screen: Any, name: str, restricted: House, django_user_model: Any) -> None:
    client = Client()
    sign_in(client, django_user_model.objects.create_user("dora", is_staff=True))
    row = screen.model.objects.order_by("pk").first()
    assert client.post(address(screen, name, row.pk), {"reason": "because"}).status_code == 403
