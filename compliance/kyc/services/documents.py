"""Documents: sent, scanned, decided, expired."""

from __future__ import annotations

import hashlib
import re
import unicodedata
import uuid
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction

from common.cards import card_found
from common.ids import uuid7
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.kyc.enums import DocumentKind, DocumentState, FileType, Level, RejectReason, Scan, Status
from compliance.kyc.errors import (
    DocumentDecided,
    DocumentInfected,
    DocumentSentAlready,
    ExpiryRefused,
    FileEmpty,
    FileNameRefused,
    FileTooLarge,
    FileTypeRefused,
    PersonUnknown,
    TooManyDocuments,
)
from compliance.kyc.file_types import MAX_BYTES, file_type_of
from compliance.kyc.files import file_forget, file_keep, file_open
from compliance.kyc.locks import state_lock
from compliance.kyc.models import Document, KycState
from compliance.kyc.proof import level_proved
from compliance.kyc.scanning import Scanned, content_scan
from compliance.kyc.services.verification import verification_move
from compliance.kyc.types import NewDocument, Verdict
from players.accounts.enums import LetterKind
from players.accounts.services.letters import letter_write
from players.personal.errors import PersonalDataErased, PersonalDataUnknown
from players.personal.selectors.keys import person_key

WAITING_MOST: Final = 10
LONGEST_VALIDITY: Final = timedelta(days=366 * 50)
NAME_MOST: Final = 120
OPEN: Final = (DocumentState.SCANNING, DocumentState.WAITING)


def document_send(*, player_id: int, sent: NewDocument, today: date, actor: str, now: datetime) -> Document:
    """Keep a document for review. `today` is the player's.

    Raises FileEmpty, FileTooLarge, FileTypeRefused, FileNameRefused, ExpiryRefused, DocumentSentAlready,
    TooManyDocuments, PersonUnknown. The file is written before its row and removed when the row can not be.
    """
    file_type = _checked(sent, today)
    try:
        key = person_key(player_id)
    except (PersonalDataUnknown, PersonalDataErased) as error:
        raise PersonUnknown from error
    document_id = uuid7()
    file_keep(document_id=document_id, player_id=player_id, key=key, content=sent.content)
    try:
        return _document_add(document_id, player_id, sent, file_type, actor, now)
    except BaseException:
        file_forget(document_id)
        raise


@transaction.atomic
def _document_add(
    document_id: uuid.UUID, player_id: int, sent: NewDocument, file_type: FileType, actor: str, now: datetime
) -> Document:
    state = state_lock(player_id=player_id, now=now)
    digest = hashlib.sha256(sent.content).digest()
    if Document.objects.filter(player_id=player_id, sha256=digest).exists():
        raise DocumentSentAlready
    if Document.objects.filter(player_id=player_id, state__in=OPEN).count() >= WAITING_MOST:
        raise TooManyDocuments
    scanned = bool(settings.KYC_SCANNER)
    document = Document.objects.create(
        pk=document_id, player_id=player_id, kind=sent.kind,
        state=DocumentState.SCANNING if scanned else DocumentState.WAITING, scan=Scan.WAITING if scanned else Scan.NONE,
        file_name=file_name_kept(sent.file_name), file_type=file_type, size=len(sent.content), sha256=digest,
        country=sent.country, expires_on=sent.expires_on, sent_at=now, sent_by=actor,
    )  # fmt: skip
    _told(EventName.DOCUMENT_SENT, document, state, actor, now, after={"kind": sent.kind, "bytes": len(sent.content)})
    if not scanned:
        _reviewable(state, actor, now)
    return document


def document_scan(*, document_id: uuid.UUID, now: datetime) -> DocumentState:
    """Have the scanner look at a document; what it does not answer stays for the next time."""
    document = Document.objects.get(pk=document_id)
    if document.state != DocumentState.SCANNING:
        return DocumentState(document.state)
    content = file_open(document_id=document.pk, player_id=document.player_id, key=person_key(document.player_id))
    scanned = content_scan(content)
    if scanned is None:
        return DocumentState.SCANNING
    return _scanned(document_id, scanned, now)


@transaction.atomic
def _scanned(document_id: uuid.UUID, scanned: Scanned, now: datetime) -> DocumentState:
    document = Document.objects.select_for_update(no_key=True).get(pk=document_id)
    if document.state != DocumentState.SCANNING:
        return DocumentState(document.state)
    document.scan = Scan.CLEAN if scanned.clean else Scan.INFECTED
    document.state = DocumentState.WAITING if scanned.clean else DocumentState.INFECTED
    document.scan_note = scanned.said[:200]
    document.save(update_fields=["scan", "state", "scan_note"])
    state = state_lock(player_id=document.player_id, now=now)
    if scanned.clean:
        _reviewable(state, "system:kyc", now)
    else:
        _told(EventName.DOCUMENT_INFECTED, document, state, "system:kyc", now, after={"found": document.scan_note})
    return DocumentState(document.state)


@transaction.atomic
def document_accept(*, document_id: uuid.UUID, expires_on: date | None, today: date, actor: str, now: datetime) -> None:
    """Accept a document; once all that waits is decided the verification follows.

    Raises DocumentDecided, DocumentInfected, ExpiryRefused.
    """
    document, state = _undecided(document_id, now)
    _expiry_check(expires_on, today)
    document.expires_on = expires_on
    _decided(document, DocumentState.ACCEPTED, actor, now)
    _told(EventName.DOCUMENT_ACCEPTED, document, state, actor, now, after={"expires_on": expires_on})
    _follow(state, f"{document.get_kind_display()} accepted", actor, now)


@transaction.atomic
def document_reject(*, document_id: uuid.UUID, reason: RejectReason, note: str, actor: str, now: datetime) -> None:
    """Reject a document with a reason that the player reads. Raises DocumentDecided, DocumentInfected."""
    document, state = _undecided(document_id, now)
    document.reject_reason, document.note = reason, note.strip()[:500]
    _decided(document, DocumentState.REJECTED, actor, now)
    _told(EventName.DOCUMENT_REJECTED, document, state, actor, now, reason=note, after={"why": reason})
    letter_write(
        player=state.player, kind=LetterKind.DOCUMENT_REJECTED, now=now,
        facts={"document": document.get_kind_display(), "reason": reason.label},
    )  # fmt: skip
    _follow(state, f"{document.get_kind_display()} rejected: {reason.label}", actor, now)


@transaction.atomic
def document_expire(*, document_id: uuid.UUID, today: date, now: datetime) -> bool:
    """End an accepted document whose date has passed; a level that it proved is to be proved again (re-KYC)."""
    document = Document.objects.select_for_update(no_key=True).get(pk=document_id)
    if document.state != DocumentState.ACCEPTED or document.expires_on is None or document.expires_on >= today:
        return False
    state = state_lock(player_id=document.player_id, now=now)
    document.note = "Its date has passed"
    _decided(document, DocumentState.EXPIRED, "system:kyc", now)
    _told(EventName.DOCUMENT_EXPIRED, document, state, "system:kyc", now, after={"expired_on": document.expires_on})
    level = _proved(state)
    if state.status == Status.VERIFIED and level < state.level:
        verdict = Verdict(
            status=Status.RESUBMIT, level=level, recheck=True, reason=f"{document.get_kind_display()} has expired"
        )
        verification_move(state=state, verdict=verdict, actor="system:kyc", now=now)
    return True


def file_name_kept(name: str) -> str:
    """A file's name as it is kept and shown: the last part of any path, without what can not be printed."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    plain = "".join(sign for sign in last if sign.isprintable()).strip()
    return plain[-NAME_MOST:] or "document"


def _checked(sent: NewDocument, today: date) -> FileType:
    if not sent.content:
        raise FileEmpty
    if len(sent.content) > MAX_BYTES:
        raise FileTooLarge
    if card_found(sent.file_name):
        raise FileNameRefused
    found = file_type_of(sent.content)
    if found is None:
        raise FileTypeRefused
    _expiry_check(sent.expires_on, today)
    return found


def _expiry_check(expires_on: date | None, today: date) -> None:
    if expires_on is not None and not today <= expires_on <= today + LONGEST_VALIDITY:
        raise ExpiryRefused


def _undecided(document_id: uuid.UUID, now: datetime) -> tuple[Document, KycState]:
    document = Document.objects.select_for_update(no_key=True).get(pk=document_id)
    if document.state == DocumentState.INFECTED:
        raise DocumentInfected
    if document.state != DocumentState.WAITING:
        raise DocumentDecided
    return document, state_lock(player_id=document.player_id, now=now)


def _decided(document: Document, to: DocumentState, actor: str, now: datetime) -> None:
    document.state, document.decided_at, document.decided_by = to, now, actor
    document.save(update_fields=["state", "decided_at", "decided_by", "reject_reason", "note", "expires_on"])


def _reviewable(state: KycState, actor: str, now: datetime) -> None:
    if state.status in {Status.OPEN, Status.RESUBMIT}:
        verification_move(
            state=state, verdict=Verdict(status=Status.REVIEW, reason="A document was sent"), actor=actor, now=now
        )


def _follow(state: KycState, reason: str, actor: str, now: datetime) -> None:
    """Where documents alone lead once none waits: verified at what they prove, or the player is to send again."""
    if Document.objects.filter(player_id=state.player_id, state__in=OPEN).exists():
        return
    level = _proved(state)
    if level and level >= state.level:
        verdict = Verdict(status=Status.VERIFIED, level=level, reason=reason)
    elif state.status == Status.REVIEW:
        verdict = Verdict(status=Status.RESUBMIT, reason=reason)
    else:
        return
    if level < state.required and verdict.status == Status.VERIFIED:
        reason = f"{reason}; {Level(state.required).label.lower()} is asked for"
        verdict = Verdict(status=Status.RESUBMIT, level=level, reason=reason)
    verification_move(state=state, verdict=verdict, actor=actor, now=now)


def _proved(state: KycState) -> Level:
    """What accepted documents prove, beside an identity that the provider proved."""
    rows = Document.objects.filter(player_id=state.player_id, state=DocumentState.ACCEPTED)
    kinds = set(rows.values_list("kind", flat=True))
    if state.provider and state.level >= Level.IDENTITY:
        kinds.add(DocumentKind.PASSPORT)
    return level_proved(kinds)


def _told(
    name: EventName,
    document: Document,
    state: KycState,
    actor: str,
    now: datetime,
    *,
    after: dict[str, object],
    reason: str = "",
) -> None:
    audit_record(
        name=name, actor=actor, now=now, subject=f"kyc.document:{document.pk}", reason=reason,
        brand_id=state.player.brand_id, player_id=document.player_id, after=after,
    )  # fmt: skip
