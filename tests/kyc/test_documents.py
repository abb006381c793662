"""Documents: what is taken, where they lie, who decides, when they end."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from threading import Thread

import pytest
from django.conf import LazySettings

from compliance.audit.models import AuditEvent
from compliance.kyc import errors
from compliance.kyc.enums import DocumentKind, DocumentState, Level, RejectReason, Scan, Status
from compliance.kyc.files import file_open, file_place
from compliance.kyc.models import Document, KycState
from compliance.kyc.services.documents import (
    document_accept,
    document_expire,
    document_reject,
    document_scan,
    document_send,
)
from compliance.kyc.services.upkeep import documents_expire, expiry_remind, orphans_remove
from compliance.kyc.services.verification import verification_decide, verification_review
from compliance.kyc.types import NewDocument
from players.accounts.models import Letter
from players.models import Player
from players.personal.errors import PersonalDataErased
from players.personal.selectors.keys import person_key
from players.personal.services.personal_data import personal_key_destroy
from tests.factories import NOON, player_make
from tests.kyc.cast import CAROL, TODAY, alice_make, png, sent

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 50 + b"\xff\xd9"


def send(player: Player, content: bytes, name: str = "passport.jpg", expires_on: date | None = None) -> Document:
    new = NewDocument(kind=DocumentKind.PASSPORT, content=content, file_name=name, expires_on=expires_on)
    return document_send(player_id=player.pk, sent=new, today=TODAY, actor="player:1", now=NOON)


@pytest.mark.parametrize("content", [PDF, JPEG, png()])
def test_pictures_and_pdfs_are_taken_by_their_content(content: bytes) -> None:
    document = send(alice_make(), content, name="whatever.exe")
    assert document.state == DocumentState.WAITING
    assert document.scan == Scan.NONE


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", errors.FileEmpty),
        (b"MZ\x90\x00" + b"\0" * 100, errors.FileTypeRefused),
        (b"<svg onload='alert(1)'/>", errors.FileTypeRefused),
        (b"PK\x03\x04" + b"\0" * 100, errors.FileTypeRefused),
        (b"\xff\xd8\xff\xe0" + b"cut off", errors.FileTypeRefused),
        (b"%PDF-1.4 cut off", errors.FileTypeRefused),
        (png()[:40], errors.FileTypeRefused),
        (b"\xff\xd8\xff" + b"\0" * (10 * 1024 * 1024) + b"\xff\xd9", errors.FileTooLarge),
    ],
)
def test_what_is_no_picture_and_no_pdf_is_refused_whatever_its_name(
    content: bytes, refusal: type[errors.KycRefusal]
) -> None:
    alice = alice_make()
    with pytest.raises(refusal):
        send(alice, content, name="passport.jpg")
    assert not Document.objects.exists()


def test_a_name_with_a_card_number_is_refused() -> None:
    with pytest.raises(errors.FileNameRefused):
        send(alice_make(), png(), name="4111 1111 1111 1111.png")


@pytest.mark.parametrize(
    ("name", "kept"),
    [("../../etc/passwd", "passwd"), ("C:\\my\\id.png", "id.png"), ("\u202egnp.exe\0", "gnp.exe"), ("", "document")],
)
def test_a_files_name_is_kept_without_its_path_and_without_tricks(name: str, kept: str) -> None:
    assert send(alice_make(), png(), name=name).file_name == kept


@pytest.mark.parametrize("expires_on", [TODAY - timedelta(days=1), date(2099, 1, 1), date(9999, 12, 31)])
def test_a_date_that_is_past_or_not_plausible_is_refused(expires_on: date) -> None:
    with pytest.raises(errors.ExpiryRefused):
        send(alice_make(), png(), expires_on=expires_on)


def test_the_file_lies_encrypted_and_opens_with_the_persons_key_alone(kyc_files: Path) -> None:
    alice, content = alice_make(), png()
    document = send(alice, content)
    stored = file_place(document.pk)
    assert kyc_files in stored.parents
    assert b"PNG" not in stored.read_bytes()
    assert stored.stat().st_mode & 0o077 == 0
    assert file_open(document_id=document.pk, player_id=alice.pk, key=person_key(alice.pk)) == content


def test_who_destroys_the_persons_key_makes_every_document_unreadable() -> None:
    alice = alice_make()
    send(alice, png())
    personal_key_destroy(player_id=alice.pk, actor="system:erasure", reason="time is up", now=NOON)
    with pytest.raises(PersonalDataErased):
        person_key(alice.pk)
    with pytest.raises(errors.PersonUnknown):
        send(alice, png())


def test_a_player_without_personal_data_can_send_nothing() -> None:
    with pytest.raises(errors.PersonUnknown):
        send(player_make(), png())


def test_the_same_file_is_taken_once_and_no_more_than_ten_wait(kyc_files: Path) -> None:
    alice, content = alice_make(), png()
    send(alice, content)
    with pytest.raises(errors.DocumentSentAlready):
        send(alice, content)
    for _ in range(9):
        send(alice, png())
    with pytest.raises(errors.TooManyDocuments):
        send(alice, png())
    assert len([file for file in kyc_files.rglob("*") if file.is_file()]) == 10, "a refused file leaves nothing behind"


def test_documents_accepted_one_by_one_prove_level_after_level() -> None:
    alice = alice_make()
    steps = [
        (DocumentKind.PASSPORT, Level.IDENTITY),
        (DocumentKind.ADDRESS_PROOF, Level.ADDRESS),
        (DocumentKind.FUNDS_PROOF, Level.FUNDS),
    ]
    for kind, level in steps:
        document = sent(alice, kind)
        document_accept(document_id=document.pk, expires_on=None, today=TODAY, actor=CAROL, now=NOON)
        state = KycState.objects.get(player=alice)
        assert (state.status, state.level) == (Status.VERIFIED, level)


def test_an_address_alone_proves_nothing() -> None:
    alice = alice_make()
    document = sent(alice, DocumentKind.ADDRESS_PROOF)
    document_accept(document_id=document.pk, expires_on=None, today=TODAY, actor=CAROL, now=NOON)
    state = KycState.objects.get(player=alice)
    assert (state.status, state.level) == (Status.RESUBMIT, Level.NONE)


def test_a_rejected_document_tells_why_and_waits_for_another() -> None:
    alice = alice_make()
    document = sent(alice)
    document_reject(document_id=document.pk, reason=RejectReason.CUT_OFF, note="corner", actor=CAROL, now=NOON)
    assert KycState.objects.get(player=alice).status == Status.RESUBMIT
    assert Letter.objects.get(player=alice, kind="document_rejected").facts["reason"] == RejectReason.CUT_OFF.label
    with pytest.raises(errors.DocumentDecided):
        document_accept(document_id=document.pk, expires_on=None, today=TODAY, actor=CAROL, now=NOON)


def test_nothing_is_decided_while_another_document_waits() -> None:
    alice = alice_make()
    first = sent(alice)
    sent(alice, DocumentKind.ADDRESS_PROOF)
    document_accept(document_id=first.pk, expires_on=None, today=TODAY, actor=CAROL, now=NOON)
    assert KycState.objects.get(player=alice).status == Status.REVIEW


def test_an_expired_document_takes_its_level_away_once_and_locks_withdrawal() -> None:
    alice = alice_make()
    document = sent(alice)
    document_accept(document_id=document.pk, expires_on=TODAY + timedelta(days=3), today=TODAY, actor=CAROL, now=NOON)
    later = NOON + timedelta(days=5)
    assert documents_expire(now=later) == 1
    assert documents_expire(now=later) == 0
    assert not document_expire(document_id=document.pk, today=later.date(), now=later)
    state = KycState.objects.get(player=alice)
    assert (state.status, state.level, state.locked, state.due) == (Status.RESUBMIT, Level.NONE, True, "recheck")


def test_reminders_go_out_30_7_and_1_days_before_each_once() -> None:
    alice = alice_make()
    document = sent(alice)
    expires_on = TODAY + timedelta(days=40)
    document_accept(document_id=document.pk, expires_on=expires_on, today=TODAY, actor=CAROL, now=NOON)
    for day in range(41):
        expiry_remind(now=NOON + timedelta(days=day))
        expiry_remind(now=NOON + timedelta(days=day))
    letters = Letter.objects.filter(player=alice, kind="document_expires")
    assert [(letter.created_at - NOON).days for letter in letters.order_by("pk")] == [10, 33, 39]


def test_a_file_that_no_row_names_is_removed_after_a_day(kyc_files: Path) -> None:
    document = sent(alice_make())
    orphan = kyc_files / "ab" / ("ab" + "0" * 30)
    orphan.parent.mkdir(parents=True, exist_ok=True)
    orphan.write_bytes(b"left over")
    assert orphans_remove() == 0
    assert orphans_remove(seconds=0) == 1
    assert not orphan.exists()
    assert file_place(document.pk).exists()


def test_a_player_may_have_a_person_look_at_a_machines_decision() -> None:
    alice = alice_make()
    KycState.objects.create(player=alice, status=Status.REJECTED, provider="sumsub", changed_at=NOON)
    verification_review(player_id=alice.pk, reason="It is me", actor=f"player:{alice.pk}", now=NOON)
    with pytest.raises(errors.NotForReview):
        verification_review(player_id=alice.pk, reason="again", actor="player:1", now=NOON)
    with pytest.raises(errors.ReasonMissing):
        verification_decide(player_id=alice.pk, accept=True, level=Level.IDENTITY, reason=" ", actor=CAROL, now=NOON)
    state = verification_decide(
        player_id=alice.pk, accept=True, level=Level.IDENTITY, reason="Seen by video", actor=CAROL, now=NOON
    )
    assert (state.status, state.level) == (Status.VERIFIED, Level.IDENTITY)


def test_every_step_of_a_document_stands_in_the_trail_without_anything_personal() -> None:
    alice = alice_make()
    document = sent(alice, name="Alice Borg passport.png")
    document_accept(document_id=document.pk, expires_on=None, today=TODAY, actor=CAROL, now=NOON)
    events = AuditEvent.objects.filter(subject=f"kyc.document:{document.pk}").order_by("pk")
    assert [event.name for event in events] == ["compliance:document:sent", "compliance:document:accepted"]
    assert "Borg" not in json.dumps([[event.reason, event.after] for event in events])


class Clamd:
    """A clamd of the test's own: reads INSTREAM as documented and says what it is told to."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.says = b"stream: OK\0"
        self.heard = b""
        Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self.listener.accept()
            except OSError:
                return
            with line, line.makefile("rb") as told:
                assert told.read(10) == b"zINSTREAM\0"
                self.heard = b""
                while size := struct.unpack("!L", told.read(4))[0]:
                    self.heard += told.read(size)
                line.sendall(self.says)


@pytest.fixture
def clamd(settings: LazySettings) -> Iterator[Clamd]:
    made = Clamd()
    settings.KYC_SCANNER = f"clamd://127.0.0.1:{made.listener.getsockname()[1]}"
    yield made
    made.listener.close()


def test_a_clean_document_is_reviewed_once_the_scanner_said_so(clamd: Clamd) -> None:
    content = png(300_000)
    document = send(alice_make(), content)
    assert document.state == DocumentState.SCANNING
    with pytest.raises(errors.DocumentDecided):
        document_accept(document_id=document.pk, expires_on=None, today=TODAY, actor=CAROL, now=NOON)
    assert document_scan(document_id=document.pk, now=NOON) == DocumentState.WAITING
    assert clamd.heard == content
    assert KycState.objects.get(player=document.player).status == Status.REVIEW


def test_an_infected_document_is_never_opened_for_review(clamd: Clamd) -> None:
    clamd.says = b"stream: Eicar-Test-Signature FOUND\0"
    document = send(alice_make(), png())
    assert document_scan(document_id=document.pk, now=NOON) == DocumentState.INFECTED
    with pytest.raises(errors.DocumentInfected):
        document_accept(document_id=document.pk, expires_on=None, today=TODAY, actor=CAROL, now=NOON)
    assert Document.objects.get().scan_note == "Eicar-Test-Signature"


@pytest.mark.parametrize("says", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK but odd\0"])
def test_a_scanner_that_says_nothing_clear_is_asked_again(clamd: Clamd, says: bytes) -> None:
    clamd.says = says
    document = send(alice_make(), png())
    assert document_scan(document_id=document.pk, now=NOON) == DocumentState.SCANNING
    clamd.says = b"stream: OK\0"
    assert document_scan(document_id=document.pk, now=NOON) == DocumentState.WAITING


def test_a_scanner_that_is_down_takes_nothing_for_clean(settings: LazySettings) -> None:
    settings.KYC_SCANNER = "clamd://127.0.0.1:9"
    document = send(alice_make(), png())
    assert document_scan(document_id=document.pk, now=NOON) == DocumentState.SCANNING
