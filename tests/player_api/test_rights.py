"""A player's rights over account and data: change, close, export, erase (G-13, A.3.9, GDPR-01, GDPR-02)."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from common.clock import utc_now
from compliance.audit.models import AuditEvent
from players.accounts.models import Consent, Credential, Letter, TermsAcceptance
from players.accounts.selectors.consents import consents_of
from players.models import Player
from players.personal.selectors.details import details_open
from tests.accounts.cast import PASSWORD, Caller, body, letters
from tests.player_api.test_money import deposit, withdraw

pytestmark = pytest.mark.django_db
PROOF = {"password": PASSWORD}


def _text(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode()


def test_details_change_after_a_proof_and_the_former_address_is_told(alice: Caller) -> None:
    given = {"email": "alice.vella@mail.example", "city": "Sliema"}
    assert alice.call("PATCH", "details", {**given, "password": "wrong-password-77"}).status_code == 401
    answer = alice.call("PATCH", "details", {**given, **PROOF})
    assert answer.json() == {"changed": ["email", "city"]}
    assert alice.get("details").json()["email"] == "alice.vella@mail.example"
    sent = {(message.to[0], message.subject) for message in letters(utc_now())}
    assert ("alice@mail.example", "Aurora: Your details were changed") in sent
    assert ("alice.vella@mail.example", "Aurora: Confirm your e-mail address") in sent
    assert Letter.objects.filter(address__isnull=False).count() == 0
    assert alice.get("account").json()["email_verified"] is False
    assert Caller().sign_in().status_code == 401
    assert Caller().sign_in(email="alice.vella@mail.example").status_code == 201
    event = AuditEvent.objects.filter(name="players:personal:changed").latest("pk")
    assert event.significant
    assert event.after == {"fields": ["email", "city"]}


def test_name_and_birth_date_are_not_the_players_to_change(alice: Caller) -> None:
    answer = alice.call("PATCH", "details", {"full_name": "Somebody Else", "birth_date": "2000-01-01", **PROOF})
    assert answer.json()["error"]["code"] == "nothing_changed"
    assert details_open(player_id=Player.objects.get().pk).full_name == "Alice Borg"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"email": "x@yopmail.com"}, "email_not_accepted"),
        ({"email": "nobody"}, "detail_missing"),
        ({"phone": "1"}, "detail_missing"),
        ({"email": "mallory@mail.example"}, "detail_missing"),
    ],
)
def test_details_that_can_not_be_are_refused_and_nothing_is_lost(
    alice: Caller, change: dict[str, str], code: str
) -> None:
    mallory = body(
        email="mallory@mail.example", full_name="Mallory Vella", birth_date="1980-01-01", phone="", postcode="X 1"
    )
    assert Caller(device="mallorys-telephone-1").post("register", mallory).status_code == 201
    before = alice.get("details").json()
    assert alice.call("PATCH", "details", {**change, **PROOF}).json()["error"]["code"] == code
    assert alice.get("details").json() == before


def test_a_closed_account_can_be_signed_in_to_and_tells_its_money(alice: Caller) -> None:
    player = Player.objects.get()
    deposit(player, "25", utc_now())
    alice.post("consents", {"answers": [{"product": "casino", "channel": "sms", "granted": True}], "text_version": "1"})
    assert alice.post("account/close", {**PROOF, "reason": "enough"}).status_code == 204
    assert alice.get("account").json()["status"] == "closed"
    assert Caller().sign_in().json()["account"]["status"] == "closed"
    assert alice.get("statement").json()["accounts"][0]["closing"] == "25.00"
    assert not any(consents_of(player.pk).values())
    assert alice.post("account/close", PROOF).status_code == 409
    assert any("You can still sign in to withdraw" in message.body for message in letters(utc_now()))
    withdraw(player, "25", utc_now())


def test_the_export_is_whole_machine_readable_and_the_players_alone(alice: Caller) -> None:
    player = Player.objects.get()
    deposit(player, "10.50", utc_now() - timedelta(minutes=1))
    other = body(email="m@mail.example", full_name="Mallory Vella", phone="", address_lines="Elsewhere", postcode="9")
    Caller(device="mallorys-telephone-1").post("register", other)
    assert alice.post("account/export", {"password": "wrong-password-77"}).status_code == 401
    answer = alice.post("account/export", PROOF)
    text = _text(answer)
    told = json.loads(text)
    assert told["complete"] is True
    assert told["profile"]["full_name"] == "Alice Borg"
    assert told["profile"]["birth_date"] == "1990-02-03"
    assert [line["amount"] for line in told["money"]] == ["10.5"]
    assert len(told["sign_ins"]) == 1
    assert {row["terms__kind"] for row in told["accepted_terms"]} == {"terms", "privacy"}
    assert told["recipients"]
    assert not [word for word in ("Mallory", "m@mail.example", "argon2", alice.token, PASSWORD) if word in text]
    assert AuditEvent.objects.get(name="players:subject:exported").player_id == player.pk


def test_the_export_holds_nothing_of_suspicion_and_nobody_of_staff(alice: Caller) -> None:
    told = json.loads(_text(alice.post("account/export", PROOF)))
    names = " ".join(told) + json.dumps(told)
    assert not [word for word in ("aml", "suspicio", "staff:", "str_report", "risk_flag") if word in names.lower()]


def test_an_export_of_much_is_read_in_parts(alice: Caller, django_assert_max_num_queries: Any) -> None:
    player = Player.objects.get()
    TermsAcceptance.objects.filter(player=player).exists()
    Consent.objects.bulk_create([
        Consent(
            player=player, product="casino", channel="sms", granted=bool(n % 2), text_version="1", given_at=utc_now(),
            source="account",
        )
        for n in range(3000)
    ])  # fmt: skip
    with django_assert_max_num_queries(60):
        parts = list(alice.post("account/export", PROOF).streaming_content)
    assert len(parts) > 3000
    assert max(len(part) for part in parts) < 5000


def test_only_an_empty_closed_account_is_erased(alice: Caller) -> None:
    player = Player.objects.get()
    deposit(player, "1", utc_now())
    assert alice.post("account/erase", PROOF).json()["error"]["code"] == "erasure_not_possible"
    alice.post("account/close", PROOF)
    assert alice.post("account/erase", PROOF).json()["error"]["code"] == "erasure_not_possible"
    withdraw(player, "1", utc_now())
    begun = alice.post("account/erase", PROOF)
    assert begun.status_code == 201
    assert begun.json()["state"] == "restricted"
    assert int(begun.json()["delete_after"][:4]) == utc_now().year + 5
    assert alice.post("account/erase", PROOF).status_code == 409
    assert Credential.objects.get().login_index is not None
