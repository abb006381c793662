"""What verification passes around."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from compliance.kyc.enums import DocumentKind, Level, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Where a verification goes, and on what grounds. `level` None: stays. `suspect`: fraud is suspected."""

    status: Status
    level: Level | None = None
    reason: str
    labels: tuple[str, ...] = ()
    suspect: bool = False
    recheck: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDocument:
    """A document as it was sent. `expires_on` where the document has a date."""

    kind: DocumentKind
    content: bytes = field(repr=False)
    file_name: str
    country: str = ""
    expires_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A provider's message as far as it decides: about which player (public id), of which moment of the provider."""

    kind: str
    applicant: str
    player: str
    level_name: str
    created_ms: int
    answer: str
    reject_type: str
    labels: tuple[str, ...]
