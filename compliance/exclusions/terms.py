"""What an exclusion of a kind and length means under a policy: when it ends and how it comes off. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from compliance.exclusions.enums import ComesOff, ExclusionKind
from compliance.exclusions.errors import LengthNotOffered
from compliance.policy.keys import PolicyKey
from compliance.policy.spans import Span, span_parse
from compliance.policy.types import Policy

INDEFINITE: Final = "indefinite"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """`ends_at`: end of the term, None: without an end. `over_at`: when it is over by itself, None: not by itself."""

    length: str
    ends_at: datetime | None
    over_at: datetime | None
    comes_off: ComesOff
    cooling_off_hours: int


def lengths_offered(policy: Policy, kind: ExclusionKind) -> tuple[Span, ...]:
    """The lengths that may be chosen; the operator may also exclude without an end."""
    if kind == ExclusionKind.TIME_OUT:
        return policy.spans(PolicyKey.BREAK_OPTIONS)
    offered = policy.spans(PolicyKey.EXCLUSION_OPTIONS)
    if kind == ExclusionKind.OPERATOR and not any(span.indefinite for span in offered):
        offered = (*offered, span_parse(INDEFINITE))
    return offered


def exclusion_terms(policy: Policy, *, kind: ExclusionKind, length: str, zone: ZoneInfo, now: datetime) -> Terms:
    """The terms of one that begins now, on the player's calendar. Raises LengthNotOffered for any other length.

    A time-out ends by itself. Everything else ends as the policy says, and what has no end never by itself (2.8).
    """
    offered = lengths_offered(policy, kind)
    span = next((one for one in offered if one.text == length), None)
    if span is None:
        raise LengthNotOffered(
            lengths=", ".join(one.text for one in offered), words=", ".join(one.words for one in offered)
        )
    ends_at = span.end_after(now, zone)
    if kind == ExclusionKind.TIME_OUT:
        return Terms(length=length, ends_at=ends_at, over_at=ends_at, comes_off=ComesOff.AT_END, cooling_off_hours=0)
    rule = policy.table(PolicyKey.EXCLUSION_LIFT) or {"at_end": "on_request", "cooling_off_hours": 24}
    if rule["at_end"] == "automatic" and ends_at is not None:
        return Terms(length=length, ends_at=ends_at, over_at=ends_at, comes_off=ComesOff.AT_END, cooling_off_hours=0)
    comes_off = ComesOff.NEVER if rule["at_end"] == "never" else ComesOff.ON_REQUEST
    return Terms(
        length=length, ends_at=ends_at, over_at=None, comes_off=comes_off, cooling_off_hours=rule["cooling_off_hours"]
    )
