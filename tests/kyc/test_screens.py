"""The back office: queues with age, a file beside the data on record, decisions by whoever may."""

from __future__ import annotations

from base64 import b64encode

import pytest
from django.test import Client

from compliance.audit.models import AuditEvent
from compliance.kyc.enums import DocumentKind, DocumentState, Status
from compliance.kyc.files import file_open
from compliance.kyc.models import Document, KycState
from players.personal.models import Reveal
from players.personal.selectors.keys import person_key
from tests.kyc.cast import alice_make, sent
from tests.signin.session import signed_in_client
from tests.staff import staff_member

pytestmark = pytest.mark.django_db
DOCUMENTS = "/admin/kyc/document/"
STATES = "/admin/kyc/kycstate/"


@pytest.fixture
def carol() -> Client:
    return signed_in_client(staff_member(role="kyc"))


@pytest.fixture
def paper() -> Document:
    return sent(alice_make())


def test_the_queue_shows_what_waits_and_the_filter_the_rest(carol: Client, paper: Document) -> None:
    assert f"{DOCUMENTS}{paper.pk}/" in carol.get(DOCUMENTS).content.decode()
    assert f"{DOCUMENTS}{paper.pk}/" not in carol.get(f"{DOCUMENTS}?state=accepted").content.decode()
    assert f"{DOCUMENTS}{paper.pk}/" in carol.get(f"{DOCUMENTS}?state=all").content.decode()
    waiting = KycState.objects.get()
    assert f"{STATES}{waiting.pk}/" in carol.get(STATES).content.decode()


def test_a_file_is_opened_beside_the_data_with_a_purpose_and_on_record(carol: Client, paper: Document) -> None:
    asked = carol.get(f"{DOCUMENTS}{paper.pk}/open_file/")
    assert "Alice Borg" not in asked.content.decode()
    assert carol.post(f"{DOCUMENTS}{paper.pk}/open_file/", {"note": "hm"}).status_code == 422
    assert not Reveal.objects.exists()
    shown = carol.post(f"{DOCUMENTS}{paper.pk}/open_file/", {"note": "Case KYC-1"})
    text = shown.content.decode()
    content = file_open(document_id=paper.pk, player_id=paper.player_id, key=person_key(paper.player_id))
    assert "Alice Borg" in text
    assert b64encode(content).decode() in text
    assert "no-store" in shown["Cache-Control"]
    assert Reveal.objects.get().purpose == "verification"
    assert AuditEvent.objects.filter(name="compliance:document:opened", reason="Case KYC-1").count() == 1


def test_accepting_verifies_and_an_impossible_date_is_told(carol: Client, paper: Document) -> None:
    refused = carol.post(f"{DOCUMENTS}{paper.pk}/accept/", {"expires_on": "1990-01-01"})
    assert refused.status_code == 422
    assert "expired" in refused.content.decode()
    assert carol.post(f"{DOCUMENTS}{paper.pk}/accept/", {"expires_on": ""}).status_code == 302
    assert KycState.objects.get().status == Status.VERIFIED
    again = carol.post(f"{DOCUMENTS}{paper.pk}/accept/", {"expires_on": ""})
    assert "decided already" in again.content.decode()


def test_a_document_that_is_rejected_tells_the_reason_on_its_page(carol: Client) -> None:
    paper = sent(alice_make(), DocumentKind.ADDRESS_PROOF)
    carol.post(f"{DOCUMENTS}{paper.pk}/reject/", {"reason": "too_old", "note": "from 2019"})
    paper.refresh_from_db()
    assert paper.state == DocumentState.REJECTED
    assert "older than three months" in carol.get(f"{DOCUMENTS}{paper.pk}/change/").content.decode()


def test_a_verification_is_decided_asked_for_and_told_with_everything_below(carol: Client, paper: Document) -> None:
    key = KycState.objects.get().pk
    assert carol.post(f"{STATES}{key}/verify/", {"level": "1", "reason": "Seen by video"}).status_code == 302
    assert KycState.objects.get().status == Status.VERIFIED
    carol.post(f"{STATES}{key}/ask_level/", {"level": "3", "reason": "Large deposits"})
    page = carol.get(f"{STATES}{key}/change/").content.decode()
    for words in ("Seen by video", "Source of funds: a colleague", "Passport", "locked"):
        assert words in page
    assert carol.post(f"{STATES}{key}/verify/", {"level": "3", "reason": "x"}).status_code == 422


@pytest.mark.parametrize("role", ["support", "marketing", "games", "administrator"])
def test_who_does_not_verify_opens_no_documents(role: str, paper: Document) -> None:
    client = signed_in_client(staff_member(role=role))
    assert client.get(DOCUMENTS).status_code == 403
    assert client.post(f"{DOCUMENTS}{paper.pk}/open_file/", {"note": "Case KYC-1"}).status_code in {403, 404}
    assert not Reveal.objects.exists()
