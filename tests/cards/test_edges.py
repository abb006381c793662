"""A card number comes in nowhere: refused, with an event that tells the place and no digit (SEC-04)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from casino.gateways.enums import Verdict
from casino.gateways.services.messages import message_keep
from casino.gateways.types import RawMessage
from common.cards import card_found
from common.clock import utc_now
from compliance.audit.models import AuditEvent
from compliance.audit.names import EventName
from players.models import Player
from players.notes.models import Tag
from tests.accounts.cast import ROOT, Caller, body, brand_with_terms
from tests.kyc.cast import png
from tests.signin.session import signed_in_client
from tests.staff import staff_member

pytestmark = pytest.mark.django_db
CARD = "4111 1111 1111 1111"
WIDE = "４１１１１１１１１１１１１１１１"


def events() -> list[str]:
    """The places told, after it is made sure that no event holds a card."""
    rows = AuditEvent.objects.filter(name=EventName.CARD_NUMBER_REFUSED).order_by("pk")
    assert not any(card_found(json.dumps(row.after) + row.subject + row.reason) for row in rows)
    return [str((row.after or {})["place"]) for row in rows]


def code(answer: Any) -> str:
    return str(answer.json()["error"]["code"])


@pytest.fixture
def alice() -> Caller:
    brand_with_terms()
    caller = Caller()
    answer = caller.post("register", body())
    assert answer.status_code == 201, answer.content
    caller.token = answer.json()["token"]
    return caller


@pytest.mark.parametrize("value", [CARD, WIDE, [CARD], {"deep": [{"er": CARD}]}, 4111111111111111, {CARD: "x"}])
def test_a_players_body_with_a_card_number_is_refused(alice: Caller, value: Any) -> None:
    answer = alice.post("limits/review", {"note": value})
    assert (answer.status_code, code(answer)) == (400, "card_number_refused")
    assert not card_found(answer.content.decode())
    (place,) = events()
    assert place.startswith(f"POST {ROOT}/limits/review note")
    assert AuditEvent.objects.get(name=EventName.CARD_NUMBER_REFUSED).player_id == Player.objects.get().pk


def test_a_card_number_escaped_by_json_is_refused(alice: Caller) -> None:
    raw = json.dumps({"note": CARD}).replace("4", "\\u0034")
    answer = alice.client.post(
        f"{ROOT}/limits/review", raw, content_type="application/json",
        headers={"Authorization": f"Bearer {alice.token}"},
    )  # fmt: skip
    assert code(answer) == "card_number_refused"


@pytest.mark.parametrize("query", ["q=4111111111111111", "q=4111+1111+1111+1111", "4111%201111%201111%201111=x"])
def test_a_players_address_with_a_card_number_is_refused(alice: Caller, query: str) -> None:
    answer = alice.get(f"limits?{query}")
    assert code(answer) == "card_number_refused"
    assert events() == [f"GET {ROOT}/limits address"]


def test_somebody_unknown_is_refused_too() -> None:
    brand_with_terms()
    answer = Caller().post("sign-in", {"email": "4111111111111111", "password": "x"})
    assert code(answer) == "card_number_refused"
    assert len(events()) == 1


@pytest.mark.parametrize(
    ("name", "fields", "refused"),
    [
        ("4111-1111-1111-1111.png", {}, "file_name_refused"),
        ("id.png", {"country": "4111111111111111"}, "card_number_refused"),
    ],
)  # fmt: skip
def test_an_upload_is_refused_for_its_files_name_or_its_fields(
    alice: Caller, name: str, fields: dict[str, str], refused: str
) -> None:
    form = {"kind": "passport", "file": SimpleUploadedFile(name, png()), **fields}
    headers = {"Authorization": f"Bearer {alice.token}"}
    answer = alice.client.post(f"{ROOT}/verification/documents", form, headers=headers)
    assert code(answer) == refused
    assert len(events()) == 1


def test_every_form_of_staff_refuses_them_and_nothing_is_saved() -> None:
    person = staff_member("compliance_officer")
    client = signed_in_client(person)
    form = {"name": "careful", "colour": "warning", "meaning": f"pays with {CARD}"}
    answer = client.post("/admin/notes/tag/add/", form)
    assert answer.status_code == 422
    assert "payment card number" in answer.content.decode()
    assert not card_found(answer.content.decode())
    assert not Tag.objects.exists()
    assert events() == ["POST /admin/notes/tag/add/ field meaning"]
    event = AuditEvent.objects.get(name=EventName.CARD_NUMBER_REFUSED)
    assert event.actor == f"staff:{person.pk}"
    assert client.post("/admin/notes/tag/add/", form | {"meaning": "ends with 1111"}).status_code == 302


def test_a_file_of_staff_is_refused_for_its_name() -> None:
    client = signed_in_client(staff_member("compliance_officer"))
    answer = client.post(
        "/admin/notes/tag/add/", {"name": "x", "file": SimpleUploadedFile("4111111111111111.csv", b"x")}
    )
    assert answer.status_code == 422
    assert events() == ["POST /admin/notes/tag/add/ file name of file"]


def test_the_sign_in_page_refuses_them_too() -> None:
    answer = Client().post(reverse("account_login"), {"login": "4111111111111111", "password": "x"})
    assert answer.status_code == 422
    assert len(events()) == 1


def test_a_gateways_message_is_kept_with_its_verdict_and_without_the_number() -> None:
    raw = json.dumps({"pspReference": "4111111111111111", "additionalData": {"cardNumber": CARD}}).encode()
    message = RawMessage(gateway="sandbox", method="POST", headers={}, query=f"note={CARD}", body=raw)
    kept = message_keep(message=message, verdict=Verdict.VALID, ip=None, now=utc_now())
    kept.refresh_from_db()
    assert kept.verdict == Verdict.VALID
    assert kept.size == len(raw)
    found = json.loads(bytes(kept.raw))
    assert found["additionalData"] == {"cardNumber": "**** **** **** 1111"}
    assert found["pspReference"] == "4111111111111111", "the payment's name stays, or nobody could tell which it is"
    assert not card_found(kept.query)
