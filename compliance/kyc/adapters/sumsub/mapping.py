"""What Sumsub's messages mean for a verification. Pure (compliance.md §5.2)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from compliance.kyc.enums import Level, Status
from compliance.kyc.types import Message, Verdict

# Labels that no photo sent again makes good: somebody is lying, or is listed.
SUSPECT_LABELS: Final = frozenset(
    {"BLOCKLIST", "FORGERY", "SELFIE_MISMATCH", "FRAUDULENT_PATTERNS", "FRAUDULENT_LIVENESS", "GRAPHIC_EDITOR",
     "CRIMINAL", "COMPROMISED_PERSONS", "SPAM"}
)  # fmt: skip
ON_ITS_WAY: Final = frozenset({"applicantCreated", "applicantPending", "applicantPrechecked", "applicantActivated"})
GONE: Final = frozenset({"applicantReset", "applicantDeactivated", "applicantDeleted", "applicantPersonalDataDeleted"})
CHANGED: Final = frozenset({"applicantPersonalInfoChanged", "applicantLevelChanged"})
HELD: Final = frozenset({"applicantOnHold", "applicantKytOnHold"})


def message_read(raw: bytes) -> Message:
    """The message out of a webhook's bytes. Raises ValueError for a body that is not Sumsub's form."""
    payload = json.loads(raw)
    if not isinstance(payload, dict):
        raise ValueError("not a JSON object")
    result = payload.get("reviewResult") or {}
    created = payload.get("createdAtMs", 0)
    labels = result.get("rejectLabels") or [] if isinstance(result, dict) else None
    if not isinstance(labels, list):
        raise ValueError("reviewResult has another form")
    try:
        return Message(
            kind=_text(payload, "type", 60),
            applicant=_text(payload, "applicantId", 64),
            player=_text(payload, "externalUserId", 64),
            level_name=_text(payload, "levelName", 100, needed=False),
            created_ms=_millis(created),
            answer=str(result.get("reviewAnswer") or ""),
            reject_type=str(result.get("reviewRejectType") or ""),
            labels=tuple(str(label)[:60] for label in labels[:30]),
        )
    except KeyError as error:
        raise ValueError(f"{error.args[0]} is missing or no text") from error


def verdict_of(message: Message, *, levels: Mapping[str, Level], verified: bool) -> Verdict | None:
    """Where the message leads; None: it changes nothing. `verified`: the player stands as verified now."""
    why = f"Sumsub: {message.kind}"
    if message.kind in {"applicantReviewed", "applicantWorkflowCompleted"}:
        return _reviewed(message, levels)
    if message.kind in HELD:
        return Verdict(status=Status.REVIEW, reason=why, labels=message.labels)
    if message.kind in GONE | CHANGED and verified:
        return Verdict(status=Status.REVIEW, level=Level.NONE, reason=why, recheck=True)
    if message.kind in ON_ITS_WAY and not verified:
        return Verdict(status=Status.PENDING, reason=why)
    return None


def _reviewed(message: Message, levels: Mapping[str, Level]) -> Verdict:
    if message.answer == "GREEN":
        level = levels.get(message.level_name)
        if level is None:
            words = f"Sumsub: GREEN at level {message.level_name!r}, which SUMSUB_LEVELS does not name"
            return Verdict(status=Status.REVIEW, reason=words)
        return Verdict(status=Status.VERIFIED, level=level, reason=f"Sumsub: GREEN at {message.level_name}")
    suspect = bool(SUSPECT_LABELS & set(message.labels))
    words = f"Sumsub: {message.answer or 'no answer'} {message.reject_type}".strip()
    if message.answer == "RED" and message.reject_type == "RETRY" and not suspect:
        return Verdict(status=Status.RESUBMIT, reason=words, labels=message.labels)
    if message.answer == "RED":
        return Verdict(status=Status.REJECTED, level=Level.NONE, reason=words, labels=message.labels, suspect=suspect)
    return Verdict(status=Status.REVIEW, reason=words, labels=message.labels)


def _text(payload: Mapping[str, Any], name: str, most: int, *, needed: bool = True) -> str:
    value = payload.get(name)
    if value in (None, "") and not needed:
        return ""
    if not isinstance(value, str) or not 0 < len(value) <= most:
        raise KeyError(name)
    return value


def _millis(value: object) -> int:
    """`createdAtMs` is documented as a number and seen as text."""
    if isinstance(value, str):
        digits = value.replace("+0000", "").replace("T", " ").strip()
        if digits.isdigit():
            return int(digits)
        return int(datetime.strptime(digits, "%Y-%m-%d %H:%M:%S.%f").replace(tzinfo=UTC).timestamp() * 1000)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53:
        return value
    raise KeyError("createdAtMs")
