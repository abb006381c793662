"""The player's side: what is asked, what was sent, bad uploads, a person instead of a machine."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from common.clock import utc_now
from compliance.kyc.enums import Due, Level, Status
from compliance.kyc.models import Document, KycState
from compliance.kyc.services.verification import verification_ask
from players.models import Brand, Player
from tests.accounts.cast import ROOT, Caller, body, brand_with_terms
from tests.kyc.cast import png

pytestmark = pytest.mark.django_db


@pytest.fixture
def aurora() -> Brand:
    return brand_with_terms()


@pytest.fixture
def alice(aurora: Brand) -> Caller:
    caller = Caller()
    answer = caller.post("register", body())
    assert answer.status_code == 201, answer.content
    caller.token = answer.json()["token"]
    return caller


def upload(caller: Caller, content: bytes, name: str = "id.png", **fields: str) -> Any:
    form = {"kind": "passport", "file": SimpleUploadedFile(name, content), **fields}
    return caller.client.post(
        f"{ROOT}/verification/documents", form, headers={"Authorization": f"Bearer {caller.token}"}
    )


def code(answer: Any) -> str:
    return str(answer.json()["error"]["code"])


def test_alice_reads_what_is_asked_sends_it_and_sees_it_wait(alice: Caller) -> None:
    before = alice.get("verification").json()
    assert (before["status"], before["level"], before["withdrawals_locked"]) == ("open", 0, False)
    assert before["needed"] == ["Passport or Identity card or Driving licence or Residence permit"]
    answer = upload(alice, png(), country="MT", expires_on=(utc_now().date() + timedelta(days=400)).isoformat())
    assert answer.status_code == 201, answer.content
    after = alice.get("verification").json()
    assert (after["status"], after["needed"]) == ("review", [])
    assert [(one["kind"], one["state"]) for one in after["documents"]] == [("passport", "waiting")]


def test_a_lock_tells_why_and_until_when(alice: Caller) -> None:
    player = Player.objects.get()
    verification_ask(
        player_id=player.pk, due=Due.DEPOSITS, level=Level.ADDRESS, policy_row=1, reason="x", actor="system:kyc",
        now=utc_now(),
    )  # fmt: skip
    told = alice.get("verification").json()
    assert (told["withdrawals_locked"], told["due"], told["required_level"]) == (True, "Cumulative deposits", 2)
    assert told["deadline"].endswith("Z")
    assert len(told["needed"]) == 2


@pytest.mark.parametrize(
    ("content", "name", "refusal"),
    [
        (b"", "id.png", "file_empty"),
        (b"MZ" + b"\0" * 200, "id.png", "file_type_refused"),
        (png(), "4111111111111111.png", "file_name_refused"),
        (b"\xff\xd8\xff" + b"\0" * (10 * 1024 * 1024), "id.jpg", "file_too_large"),
    ],
)
def test_bad_files_are_one_clear_refusal_each(alice: Caller, content: bytes, name: str, refusal: str) -> None:
    answer = upload(alice, content, name)
    assert 400 <= answer.status_code < 500
    assert code(answer) == refusal
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    "fields", [{"kind": "tattoo"}, {"expires_on": "2026-02-30"}, {"country": "Malta"}, {"expires_on": "yesterday"}]
)
def test_bad_fields_are_named(alice: Caller, fields: dict[str, str]) -> None:
    answer = upload(alice, png(), **fields)
    assert (answer.status_code, code(answer)) == (400, "invalid_request")
    assert set(answer.json()["error"]["detail"]["fields"]) == set(fields)


def test_json_in_place_of_a_form_is_refused(alice: Caller) -> None:
    answer = alice.post("verification/documents", {"kind": "passport"})
    assert answer.status_code == 415


def test_nobody_else_sees_or_sends_for_alice(alice: Caller) -> None:
    upload(alice, png())
    stranger = Client()
    assert stranger.get(f"{ROOT}/verification").status_code == 401
    mallory = Caller(device="mallorys-own-phone-0001")
    made = mallory.post("register", body(full_name="Mallory Vella", email="m@mail.example", birth_date="1980-01-01"))
    mallory.token = made.json()["token"]
    assert mallory.get("verification").json()["documents"] == []


def test_the_providers_check_without_a_provider_is_told(alice: Caller) -> None:
    assert code(alice.post("verification/start")) == "provider_not_set"


def test_a_rejected_player_asks_for_a_person_once(alice: Caller) -> None:
    assert code(alice.post("verification/review", {"reason": "me"})) == "not_for_review"
    KycState.objects.create(player=Player.objects.get(), status=Status.REJECTED, changed_at=utc_now())
    assert alice.post("verification/review", {"reason": "It is me"}).status_code == 204
    assert code(alice.post("verification/review", {"reason": "again"})) == "not_for_review"
    assert json.loads(alice.get("verification").content)["status"] == "review"
