from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from common.clock import utc_now
from common.scope import EVERYTHING, Scope, ScopePart
from compliance.audit.models import AuditEvent
from compliance.staff.models import StaffUser
from players.models import Player
from players.personal.enums import RevealGroup, RevealPurpose
from players.personal.models import Reveal
from players.personal.selectors.details import details_open
from players.personal.selectors.reveals import reveal_counts
from players.personal.services.personal_data import personal_data_reveal, personal_key_destroy
from tests.personal.conftest import ALICE, NOON, SECRETS, player_make
from tests.signin.session import sign_in
from tests.staff import staff_member

WHY = {"purpose": "player_asked", "note": "ticket SUP-12"}


@pytest.fixture
def office(carol: StaffUser) -> Client:
    return sign_in(Client(), carol)


def page_of(player: Player, step: str) -> str:
    return f"/admin/players/player/{player.pk}/{step}/"


def test_the_players_page_shows_everything_masked(office: Client, alice: Player) -> None:
    text = office.get(page_of(alice, "change")).content.decode()
    assert "a•••@e•••.com" in text
    assert "A. B." in text
    assert not [secret for secret in SECRETS if secret in text]


def test_a_reveal_is_shown_once_kept_nowhere_and_told(office: Client, alice: Player, carol: StaffUser) -> None:
    asked = office.get(page_of(alice, "contact"))
    assert ALICE.email not in asked.content.decode()
    assert office.post(page_of(alice, "contact"), {"purpose": "player_asked", "note": ""}).status_code == 422
    assert office.post(page_of(alice, "contact"), {"purpose": "curiosity", "note": "why not"}).status_code == 422
    assert not Reveal.objects.exists()
    shown = office.post(page_of(alice, "contact"), WHY)
    text = shown.content.decode()
    assert ALICE.email in text
    assert ALICE.phone in text
    assert ALICE.full_name not in text
    assert "no-store" in shown["Cache-Control"]
    assert shown["Referrer-Policy"] == "no-referrer"
    assert ALICE.email not in office.get(page_of(alice, "change")).content.decode()
    told = AuditEvent.objects.get(name="players:personal:revealed")
    assert (told.actor, told.player_id) == (f"staff:{carol.pk}", alice.pk)
    assert "ticket SUP-12" in told.reason
    assert not AuditEvent.objects.filter(after__icontains="alice.borg").exists()


def test_support_reveals_contact_but_not_identity(office: Client, alice: Player) -> None:
    assert office.get(page_of(alice, "identity")).status_code == 403
    assert office.post(page_of(alice, "identity"), WHY).status_code == 403
    assert not Reveal.objects.exists()


def test_kyc_corrects_what_changed_and_leaves_the_rest(alice: Player) -> None:
    kyc = sign_in(Client(), staff_member("kyc"))
    blank = {"full_name": "", "email": "", "phone": "", "birth_date": "", "address_lines": "", "postcode": ""}
    assert kyc.post(page_of(alice, "personal"), blank | {"city": "", "reason": "nothing"}).status_code == 422
    assert kyc.post(page_of(alice, "personal"), blank | {"city": "Sliema", "reason": "moved"}).status_code == 302
    known = details_open(player_id=alice.pk)
    assert (known.city, known.email, known.full_name) == ("Sliema", ALICE.email, ALICE.full_name)


def test_an_erased_player_says_so_and_reveals_nothing(office: Client, alice: Player) -> None:
    personal_key_destroy(player_id=alice.pk, actor="staff:1", reason="asked", now=NOON)
    assert "key is destroyed" in office.get(page_of(alice, "change")).content.decode()
    assert office.post(page_of(alice, "contact"), WHY).status_code == 422


@pytest.mark.parametrize(
    "asked",
    [
        {"email": "ALICE.borg@example.com"},
        {"phone": "00356 21234567"},
        {"full_name": "borg alice", "birth_date": "1990-02-03"},
    ],
)
def test_a_player_is_found_exactly_and_the_search_leaves_no_trace_of_it(
    asked: dict[str, str], office: Client, alice: Player
) -> None:
    page = "/admin/players/player/find/"
    found = office.post(page, asked)
    assert f"/admin/players/player/{alice.pk}/change/" in found.content.decode()
    assert "no-store" in found["Cache-Control"]
    told = AuditEvent.objects.get(name="players:personal:searched")
    assert told.after is not None
    assert told.after["found"] == 1
    assert not [value for value in asked.values() if value in str(told.after) + told.reason + told.subject]
    assert office.post(page, {"full_name": "Alice Borg"}).status_code == 422
    assert f"/player/{alice.pk}/" not in office.get(page, asked).content.decode()


def test_a_player_out_of_reach_is_not_found(alice: Player) -> None:
    polar = player_make("pola", brand="polar", jurisdiction="SE")
    limited = sign_in(Client(), staff_member("support", brands=[polar.brand]))
    text = limited.post("/admin/players/player/find/", {"email": ALICE.email}).content.decode()
    assert "Nobody: only exact matches" in text
    assert limited.post(page_of(alice, "contact"), WHY).status_code == 404
    assert not Reveal.objects.exists()


def reveal(player: Player, person: StaffUser, days_ago: int = 0) -> None:
    personal_data_reveal(
        player_id=player.pk, group=RevealGroup.CONTACT, purpose=RevealPurpose.FRAUD, note="looking",
        staff_id=person.pk, now=utc_now() - timedelta(days=days_ago),
    )  # fmt: skip


def test_reveals_are_counted_per_person_and_day(alice: Player, carol: StaffUser) -> None:
    dora = staff_member("risk", username="dora")
    for _ in range(3):
        reveal(alice, carol)
    reveal(alice, carol, days_ago=1)
    reveal(alice, dora)
    reveal(alice, dora, days_ago=30)
    found = reveal_counts(now=utc_now(), days=14, scope=EVERYTHING)
    assert found.people == [(carol.pk, "carol"), (dora.pk, "dora")]
    assert found.of(carol.pk)[-2:] == [1, 3]
    assert found.total(dora.pk) == 1
    elsewhere = Scope((ScopePart(jurisdictions=frozenset({"SE"})),))
    assert reveal_counts(now=utc_now(), days=14, scope=elsewhere).people == []


def test_two_accounts_of_one_person_are_counted_as_one(alice: Player) -> None:
    first = staff_member("kyc", username="mallory", personnel_number="P-6660")
    second = staff_member("risk", username="mallory-too", personnel_number="P-6660")
    reveal(alice, second)
    reveal(alice, first)
    reveal(alice, second)
    found = reveal_counts(now=utc_now(), days=14, scope=EVERYTHING)
    assert found.people == [(first.pk, "mallory + mallory-too")]
    assert found.of(first.pk)[-1] == 3


def test_whoever_reveals_more_than_usual_stands_out(alice: Player, carol: StaffUser, settings: Settings) -> None:
    settings.REVEALS_PER_DAY_ALARM = 2
    officer = sign_in(Client(), staff_member("compliance_officer"))
    page = "/admin/personal/reveal/report/"
    assert "Nobody revealed personal data" in officer.get(page).content.decode()
    for _ in range(2):
        reveal(alice, carol)
    assert "text-red" not in _table(officer.get(page).content.decode())
    reveal(alice, carol)
    text = officer.get(page).content.decode()
    assert "text-red" in _table(text)
    assert "reveals" in text
    assert "more than 2 on one day" in text


def _table(text: str) -> str:
    return text[text.index("Who revealed how much") :]
