"""Opening a document: with the person's identity, for one look of one colleague, on record before it is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.kyc.enums import DocumentState
from compliance.kyc.errors import DocumentDecided, DocumentInfected, PersonUnknown
from compliance.kyc.files import file_open
from compliance.kyc.models import Document
from players.personal.enums import RevealGroup, RevealPurpose
from players.personal.errors import PersonalDataErased, PersonalDataUnknown
from players.personal.selectors.keys import person_key
from players.personal.services.personal_data import personal_data_reveal
from players.personal.types import PersonalDetails


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What the colleague sees."""

    content: bytes = field(repr=False)
    details: PersonalDetails = field(repr=False)


@transaction.atomic
def document_open(*, document_id: UUID, staff_id: int, note: str, now: datetime) -> Opened:
    """The file and the player's identity. Raises DocumentInfected, DocumentDecided (not scanned yet), PersonUnknown,
    PurposeNotTold."""
    document = Document.objects.select_related("player").get(pk=document_id)
    if document.state == DocumentState.INFECTED:
        raise DocumentInfected
    if document.state == DocumentState.SCANNING:
        raise DocumentDecided
    try:
        details = personal_data_reveal(
            player_id=document.player_id, group=RevealGroup.IDENTITY, purpose=RevealPurpose.VERIFICATION, note=note,
            staff_id=staff_id, now=now,
        )  # fmt: skip
        key = person_key(document.player_id)
    except (PersonalDataUnknown, PersonalDataErased) as error:
        raise PersonUnknown from error
    audit_record(
        name=EventName.DOCUMENT_OPENED, actor=f"staff:{staff_id}", now=now, subject=f"kyc.document:{document.pk}",
        reason=note, brand_id=document.player.brand_id, player_id=document.player_id,
    )  # fmt: skip
    return Opened(content=file_open(document_id=document.pk, player_id=document.player_id, key=key), details=details)
