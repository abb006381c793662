"""The back office: exclusions placed by hand, requests to return worked through, lookups read and repeated."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from common.clock import utc_now
from compliance.audit.models import AuditEvent
from compliance.exclusions.enums import ExclusionKind
from compliance.exclusions.models import Exclusion, ReturnRequest
from compliance.exclusions.selectors.people import exclusion_against
from compliance.exclusions.selectors.standing import exclusions_in_force
from compliance.exclusions.services.returns import return_ask
from compliance.register.enums import Occasion
from compliance.register.models import RegisterLookup
from compliance.register.services.lookups import register_check
from players.accounts.models import PlayerSession
from players.models import Player
from tests.exclusions.cast import BOB, bob_make, brand_make, excluded
from tests.exclusions.test_effects import token_of
from tests.factories import NOON
from tests.register.conftest import *  # noqa: F403 - the simulated register
from tests.signin.session import signed_in_client
from tests.staff import staff_member

pytestmark = pytest.mark.django_db
EXCLUSIONS = "/admin/exclusions/exclusion/"
RETURNS = "/admin/exclusions/returnrequest/"
LOOKUPS = "/admin/register/registerlookup/"
SAID = "Rang the player: wants to return, sets limits first."


def carol(role: str = "responsible_gaming", **scope: Any) -> Client:
    return signed_in_client(staff_member(role, **scope))


def form_for(player: Player, /, **changes: str) -> dict[str, str]:
    return {
        "player": player.public_id, "kind": "self_exclusion", "length": "P6M", "contact_note": SAID, "reason": "",
    } | changes  # fmt: skip


def wanting_to_return(*, hours: int = 48) -> ReturnRequest:
    bob = bob_make()
    now = utc_now()
    excluded(bob, now=now - timedelta(days=200))
    return return_ask(player_id=bob.pk, actor=f"player:{bob.pk}", now=now - timedelta(hours=hours))[0]


def test_staff_exclude_a_player_who_asks_by_phone() -> None:
    bob = bob_make()
    token_of(bob)
    answer = carol("support").post(f"{EXCLUSIONS}place/", form_for(bob))
    assert answer.status_code == 302, answer.content
    row = Exclusion.objects.get()
    assert (row.kind, row.contact_note) == (ExclusionKind.SELF_EXCLUSION, SAID)
    assert row.placed_by.startswith("staff:")
    assert not PlayerSession.objects.filter(player=bob, ended_at=None).exists()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"contact_note": ""}, "Record the contact"),
        ({"kind": "operator"}, "Say in a few words why"),
        ({"length": "P1M"}, "Offered here: 6 months, 1 year, 5 years."),
        ({"one_brand": "on"}, "covers all brands"),
        ({"player": "pl_nobody"}, "No player has this public id"),
        ({"kind": "register"}, "Select a valid choice"),
    ],
)
def test_what_is_missing_is_told_and_nothing_happens(changes: dict[str, str], told: str) -> None:
    answer = carol().post(f"{EXCLUSIONS}place/", form_for(bob_make(), **changes))
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Exclusion.objects.exists()


def test_the_operator_excludes_for_good_and_gives_the_reason() -> None:
    bob = bob_make()
    form = form_for(bob, kind="operator", length="indefinite", reason="Borrowed money to play.", contact_note="")
    assert carol().post(f"{EXCLUSIONS}place/", form).status_code == 302
    assert Exclusion.objects.get().ends_at is None


def test_who_works_for_one_brand_excludes_nobody_of_another() -> None:
    crown, aurora = brand_make(), brand_make("aurora", "MT")
    bob, mia = bob_make(crown), bob_make(aurora, None, nickname="Mia")
    client = carol(brands=[aurora])
    assert client.post(f"{EXCLUSIONS}place/", form_for(bob)).status_code == 422
    assert client.post(f"{EXCLUSIONS}place/", form_for(mia)).status_code == 302
    excluded(bob)
    assert "Bob" not in client.get(EXCLUSIONS).content.decode()


def test_a_person_without_an_account_is_kept_out_and_the_details_are_not_kept() -> None:
    crown = brand_make()
    form = {
        "brand": "crown", "full_name": BOB.full_name, "birth_date": "1985-05-17", "postcode": BOB.postcode,
        "email": "", "phone": "", "national_id": "", "length": "P5Y", "contact_note": SAID,
    }  # fmt: skip
    client = carol()
    assert client.post(f"{EXCLUSIONS}place-person/", form | {"postcode": ""}).status_code == 422
    assert client.post(f"{EXCLUSIONS}place-person/", form).status_code == 302
    assert exclusion_against(details=BOB, brand_id=crown.pk, now=utc_now()) is not None
    page = f"{EXCLUSIONS}{Exclusion.objects.get().pk}"
    assert "Revoked in writing" in client.get(f"{page}/change/").content.decode()
    assert client.post(f"{page}/revoked/", {"note": SAID}).status_code == 422, "not before the term is over"
    kept = repr(list(AuditEvent.objects.values("after", "reason"))) + repr(list(Exclusion.objects.values()))
    assert "Evans" not in kept


def test_the_list_shows_each_state_and_no_button_that_loosens() -> None:
    now = utc_now()
    bob = bob_make()
    excluded(bob, now=now - timedelta(days=200))
    client = carol("compliance_officer")
    page = client.get(EXCLUSIONS).content.decode()
    assert "In force, term over" in page
    row = Exclusion.objects.get()
    page = client.get(f"{EXCLUSIONS}{row.pk}/change/").content.decode()
    for word in ("Lift", "Shorten", "_save", "Delete"):
        assert word not in page
    for state, shown in (("standing", True), ("term_over", True), ("over", False)):
        assert (bob.nickname in client.get(EXCLUSIONS, {"state": state}).content.decode()) == shown


def test_the_queue_shows_what_waits_and_for_how_long() -> None:
    request = wanting_to_return(hours=80)
    client = carol()
    page = client.get(RETURNS).content.decode()
    assert "3 d 8 h" in page
    assert "contact the player" in page
    detail = client.get(f"{RETURNS}{request.pk}/change/").content.decode()
    assert "Record contact" in detail
    assert "Let return" not in detail


def test_a_return_goes_through_contact_and_decision() -> None:
    request = wanting_to_return()
    assert request.player is not None
    client = carol()
    refused = client.post(f"{RETURNS}{request.pk}/grant/", {"reason": "asked nicely"})
    assert refused.status_code == 422
    assert "Record the contact" in refused.content.decode()
    assert client.post(f"{RETURNS}{request.pk}/contact/", {"note": "ok"}).status_code == 422
    assert client.post(f"{RETURNS}{request.pk}/contact/", {"note": SAID}).status_code == 302
    assert "decide" in client.get(RETURNS).content.decode()
    assert client.post(f"{RETURNS}{request.pk}/grant/", {"reason": "No sign of harm"}).status_code == 302
    assert not exclusions_in_force(player_id=request.player.pk, now=utc_now())
    assert "Nobody waits" in client.get(RETURNS).content.decode()
    assert "Returned" in client.get(RETURNS, {"state": "all"}).content.decode()


def test_nobody_lets_return_before_the_waiting_time_is_over() -> None:
    request = wanting_to_return(hours=3)
    assert request.player is not None
    client = carol()
    client.post(f"{RETURNS}{request.pk}/contact/", {"note": SAID})
    answer = client.post(f"{RETURNS}{request.pk}/grant/", {"reason": "asked nicely"})
    assert answer.status_code == 422
    assert "waiting time" in answer.content.decode()
    assert client.post(f"{RETURNS}{request.pk}/keep/", {"reason": "Still borrows money."}).status_code == 302
    assert exclusions_in_force(player_id=request.player.pk, now=utc_now())


def test_a_lookup_is_read_and_repeated(register: Register) -> None:  # noqa: F405
    bob = bob_make()
    register_check(who=bob.pk, occasion=Occasion.SIGN_IN, actor="system:test", now=NOON)
    row = RegisterLookup.objects.get()
    client = carol()
    assert "Not registered" in client.get(LOOKUPS).content.decode()
    answer = client.post(f"{LOOKUPS}{row.pk}/ask_again/", {"reason": "player says it changed"}, follow=True)
    assert "The register says: Not registered." in answer.content.decode()
    assert RegisterLookup.objects.filter(occasion="staff").count() == 1
    assert carol("support").post(f"{LOOKUPS}{row.pk}/ask_again/", {"reason": "x"}).status_code == 403
