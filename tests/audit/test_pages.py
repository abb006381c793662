"""The trail in the back office: found by person, object, player, name and time; shown escaped; edited by nobody."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common.backoffice.books import ListScreen
from common.clock import utc_now
from compliance.audit.models import AuditEvent, Threshold
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from players.models import Player
from players.services.players import player_block
from tests.factories import NOON, brand_make, player_make
from tests.signin.session import sign_in
from tests.staff import staff_member

pytestmark = pytest.mark.django_db
LIST = "/admin/audit/auditevent/"
SCRIPT = "<script>alert('mallory')</script>"


@pytest.fixture
def office(client: Client) -> Client:
    """The compliance officer's browser."""
    sign_in(client, staff_member("compliance_officer"))
    return client


@pytest.fixture
def alice() -> Player:
    alice = player_make("Alice", balance="0")
    player_block(player_id=alice.pk, actor="staff:7", now=utc_now(), reason="a bot plays")
    return alice


def text_of(client: Client, address: str, **query: str) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


def record(**changes: Any) -> AuditEvent:
    honest: dict[str, Any] = {
        "name": EventName.TAG_PUT, "actor": "staff:9", "now": NOON, "subject": "notes.tag:3",
        "reason": "somebody else's", "player_id": None,
    }  # fmt: skip
    return AuditEvent.objects.get(pk=audit_record(**honest | changes))


@pytest.mark.parametrize("term", ["staff:7", "players:player:blocked", "players.player:{pk}", "{public}", "{event}"])
def test_an_event_is_found_by_person_name_object_player_and_number(term: str, office: Client, alice: Player) -> None:
    record()
    event = AuditEvent.objects.get(name=EventName.PLAYER_BLOCKED)
    found = text_of(office, LIST, q=term.format(pk=alice.pk, public=alice.public_id, event=event.pk))
    assert "a bot plays" in found
    assert "somebody else" not in found


def test_an_event_is_found_by_name_significance_and_time(office: Client, alice: Player) -> None:
    record()
    assert "a bot plays" in text_of(office, LIST, name="players:player:blocked")
    assert "a bot plays" not in text_of(office, LIST, name="players:tag:put")
    assert "somebody else" not in text_of(office, LIST, significant="all")
    assert "a bot plays" in text_of(office, LIST, significant="deactivation")
    assert "a bot plays" not in text_of(office, LIST, significant="large_win")
    tomorrow = (utc_now() + timedelta(days=1)).strftime("%Y-%m-%d")
    assert "a bot plays" not in text_of(office, LIST, recorded_at_from_0=tomorrow)


@pytest.mark.parametrize("term", ["' OR 1=1 --", "staff:%", "*", "a" * 5_000, SCRIPT])
def test_a_made_up_search_finds_nothing_and_breaks_nothing(term: str, office: Client, alice: Player) -> None:
    found = text_of(office, LIST, q=term)
    assert "a bot plays" not in found
    assert SCRIPT not in found


def test_a_search_that_is_no_text_is_no_search(office: Client, alice: Player) -> None:
    assert "Null characters are not allowed" in text_of(office, LIST, q="\x00")


def test_a_page_shows_before_and_after_side_by_side(office: Client, alice: Player) -> None:
    event = AuditEvent.objects.get(name=EventName.PLAYER_BLOCKED)
    page = text_of(office, f"{LIST}{event.pk}/change/")
    for words in ("Before", "After", "active", "blocked", "a bot plays", "staff:7", "Account deactivation"):
        assert words in page
    assert f"/admin/players/player/{alice.pk}/change/" in page


def test_what_was_done_in_the_same_request_stands_beside_it(office: Client, alice: Player) -> None:
    answer = office.post(f"/admin/players/player/{alice.pk}/close/", {"reason": "her wish"})
    assert answer.status_code == 302
    event = AuditEvent.objects.get(name=EventName.PLAYER_CLOSED)
    assert event.request_id == answer["X-Request-ID"]
    assert event.ip == "127.0.0.1"
    assert event.session
    assert event.roles == ["compliance_officer"]
    assert "In the same request" in text_of(office, f"{LIST}{event.pk}/change/")


def test_a_stored_script_is_shown_and_not_run(office: Client) -> None:
    alice = player_make("Alice", balance="0")
    event = record(
        reason=SCRIPT, subject=f"players.player:{alice.pk}", before={"name": SCRIPT}, after={SCRIPT: "x\u202egpj.exe"}
    )
    for address in (LIST, f"{LIST}{event.pk}/change/", f"/admin/players/player/{alice.pk}/history/"):
        page = text_of(office, address)
        assert SCRIPT not in page
        assert "&lt;script&gt;" in page
        assert "\u202e" not in page


@pytest.mark.parametrize("address", ["add/", "{pk}/delete/", "{pk}/change/", ""])
def test_nobody_changes_the_trail_by_whatever_address(address: str, office: Client, alice: Player) -> None:
    event = AuditEvent.objects.get(name=EventName.PLAYER_BLOCKED)
    answer = office.post(LIST + address.format(pk=event.pk), {"reason": "nothing", "action": "delete_selected"})
    assert answer.status_code in {200, 302, 403, 404}
    assert AuditEvent.objects.get(pk=event.pk).reason == "a bot plays"


def test_somebody_without_the_right_is_refused(client: Client, alice: Player) -> None:
    sign_in(client, staff_member("support"))
    event = AuditEvent.objects.get(name=EventName.PLAYER_BLOCKED)
    assert client.get(LIST).status_code == 403
    assert client.get(f"{LIST}export/").status_code == 403
    assert client.get(f"{LIST}{event.pk}/change/").status_code in {403, 404}


def test_a_limited_person_sees_the_events_of_the_own_brand_alone(client: Client, alice: Player) -> None:
    other = type(brand_make()).objects.create(code="other", name="Other", jurisdiction="GB")
    house = record(reason="about the house")
    sign_in(client, staff_member("mlro", brands=[alice.brand_id]))
    page = text_of(client, LIST)
    assert "a bot plays" in page
    assert "about the house" not in page
    assert client.get(f"{LIST}{house.pk}/change/").status_code == 404
    sign_in(client, staff_member("mlro", brands=[other.pk]))
    assert "a bot plays" not in text_of(client, LIST)


def test_every_object_s_page_has_its_time_line(office: Client, alice: Player) -> None:
    page = text_of(office, f"/admin/players/player/{alice.pk}/history/")
    for words in ("Audit time line", "players:player:blocked", "status: active → blocked", "a bot plays", "staff:7"):
        assert words in page
    earlier = (utc_now() - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    assert "a bot plays" not in text_of(office, f"/admin/players/player/{alice.pk}/history/", until=earlier)
    assert "a bot plays" in text_of(office, f"/admin/players/player/{alice.pk}/history/", until="nonsense")


def test_no_screen_falls_back_to_the_history_of_django() -> None:
    own = [screen for screen in admin.site._registry.values() if isinstance(screen, ListScreen)]
    assert own
    assert {type(screen).history_view for screen in own} == {ListScreen.history_view}


def test_a_time_line_keeps_to_the_reach_of_its_object(client: Client, alice: Player) -> None:
    other = type(brand_make()).objects.create(code="other", name="Other", jurisdiction="GB")
    sign_in(client, staff_member("support", brands=[other.pk]))
    assert client.get(f"/admin/players/player/{alice.pk}/history/").status_code == 404
    sign_in(client, staff_member("marketing"))
    assert client.get(f"/admin/players/player/{alice.pk}/history/").status_code == 403


def test_a_brand_is_edited_into_the_trail(client: Client) -> None:
    carol = staff_member("administrator")
    sign_in(client, carol)
    brand = brand_make()
    form = {"name": "Luckier", "jurisdiction": "MT", "enabled": "on"}
    assert client.post(f"/admin/players/brand/{brand.pk}/change/", form).status_code == 302
    event = AuditEvent.objects.get(name=EventName.BRAND_EDITED)
    assert (event.actor, event.before, event.after) == (f"staff:{carol.pk}", {"name": "Lucky"}, {"name": "Luckier"})


def test_a_threshold_is_set_with_its_reason(office: Client) -> None:
    form = {"kind": "large_win", "value": "7500", "reason": "asked by the regulator"}
    assert office.post("/admin/audit/threshold/add/", form).status_code == 302
    newest = Threshold.objects.order_by("-pk")[0]
    assert (newest.kind, newest.value, newest.set_by[:6]) == ("large_win", Decimal(7500), "staff:")
    assert AuditEvent.objects.get(name=EventName.THRESHOLD_SET).before == {"kind": "large_win", "value": "10000"}
    assert office.post("/admin/audit/threshold/add/", form | {"value": "0"}).status_code == 200
    assert office.post(f"/admin/audit/threshold/{newest.pk}/change/", form).status_code == 403
    assert "In force" in text_of(office, "/admin/audit/threshold/")


def test_thresholds_are_amounts_with_their_currency_read_in_as_many_queries_as_ever(office: Client) -> None:
    counted = []
    text_of(office, "/admin/audit/threshold/")  # what the side bar counts is remembered from here on
    for value in ("25000", "7500"):
        form = {"kind": "large_win", "value": value, "reason": "asked by the regulator"}
        assert office.post("/admin/audit/threshold/add/", form).status_code == 302
        with CaptureQueriesContext(connection) as queries:
            page = text_of(office, "/admin/audit/threshold/")
        counted.append(len(queries))
    assert "25,000.00 EUR" in page
    assert counted[0] == counted[1]
    assert "Past" in page
    assert "In force" in page


def test_an_empty_list_tells_what_to_do_only_to_who_may(office: Client) -> None:
    words = "Propose one above."
    assert words not in text_of(office, "/admin/approvals/approvalrule/")
    administrator = sign_in(Client(), staff_member("administrator"))
    assert words in text_of(administrator, "/admin/approvals/approvalrule/")


@pytest.mark.parametrize(("path", "title"), [
    ("wallet/fxrate", "FX rates"), ("play/leg", "Booked calls"), ("audit/auditevent", "Audit trail"),
])  # fmt: skip
def test_a_list_is_called_as_in_the_side_bar(office: Client, path: str, title: str) -> None:
    page = text_of(office, f"/admin/{path}/")
    assert re.search(rf"<title>\s*{title} \|", page)
    (heading,) = re.findall(rf'<a href="/admin/{path}/"\s+class="align-middle[^"]*">\s*([^<]+?)\s*</a\s*>', page)
    assert heading == title


def test_the_log_of_django_is_no_page_of_ours(office: Client, alice: Player) -> None:
    office.post(f"/admin/players/player/{alice.pk}/close/", {"reason": "her wish"})
    LogEntry.objects.update(change_message="forged by mallory")
    page = text_of(office, reverse("admin:players_player_history", args=[alice.pk]))
    assert "forged by mallory" not in page
    assert "her wish" in page
