"""The one way in which a verification moves, and what it is asked for (KYC levels, UK-28, GDPR-06)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.gate.enums import FlagKind
from compliance.gate.services.flags import flag_place
from compliance.kyc.enums import Due, Level, Status
from compliance.kyc.errors import NotForReview, ReasonMissing
from compliance.kyc.locks import state_lock
from compliance.kyc.models import Decision, KycState
from compliance.kyc.types import Verdict
from compliance.policy.keys import PolicyKey
from compliance.policy.selectors.policies import policy_of

MOVED: Final = [
    "level", "status", "required", "due", "due_row_id", "due_since", "deadline", "locked", "stopped", "provider",
    "applicant", "heard_ms", "changed_at",
]  # fmt: skip
STAFF: Final = "staff:"


def verification_move(*, state: KycState, verdict: Verdict, actor: str, now: datetime) -> KycState:
    """Carry a verdict out on a locked verification, and keep it as a decision; what it settles is asked no more."""
    before = (state.status, state.level)
    state.status = verdict.status
    state.level = state.level if verdict.level is None else verdict.level
    if verdict.recheck:
        state.required = max(state.required, before[1], Level.IDENTITY)
        state.due, state.due_since, state.due_row_id, state.locked = Due.RECHECK, now, None, True
        state.deadline = _deadline(state, now)
    if state.due and state.status == Status.VERIFIED and state.level >= state.required:
        state.due, state.due_row_id, state.due_since, state.deadline = "", None, None, None
        state.locked = state.stopped = False
    state.changed_at = now
    state.save(update_fields=MOVED)
    Decision.objects.create(
        player_id=state.player_id, status=state.status, status_before=before[0], level=state.level,
        level_before=before[1], reason=verdict.reason[:500], labels=list(verdict.labels),
        automated=not actor.startswith(STAFF), actor=actor, decided_at=now,
    )  # fmt: skip
    _told(
        EventName.VERIFICATION_MOVED, state, actor, now, verdict.reason,
        before={"status": before[0], "level": before[1]},
        after={"status": state.status, "level": state.level, "labels": list(verdict.labels)},
    )  # fmt: skip
    if verdict.suspect:
        flag_place(
            player_id=state.player_id, kind=FlagKind.RISK_FRAUD, ends_at=None,
            reason=f"Verification: {', '.join(verdict.labels)}", actor=actor, now=now,
        )  # fmt: skip
    return state


@transaction.atomic
def verification_ask(
    *, player_id: int, due: Due, level: Level, policy_row: int | None, reason: str, actor: str, now: datetime
) -> KycState:
    """Ask for a level: until it is proved the wallet is locked against withdrawal (UK-28), after its time stopped.

    A level that is proved already, or asked for already, changes nothing; a higher one keeps the first deadline.
    """
    state = state_lock(player_id=player_id, now=now)
    proved = state.level >= level and state.status == Status.VERIFIED
    if proved or (state.due and state.required >= level):
        return state
    before = {"required": state.required, "due": state.due}
    if not state.due:
        state.due_since = now
        state.deadline = _deadline(state, now)
    state.due, state.required, state.due_row_id, state.locked = due, level, policy_row, True
    if state.status == Status.VERIFIED:
        state.status = Status.OPEN
    state.changed_at = now
    state.save(update_fields=MOVED)
    _told(
        EventName.VERIFICATION_ASKED, state, actor, now, reason,
        before=before, after={"required": state.required, "due": state.due, "deadline": state.deadline},
    )  # fmt: skip
    return state


@transaction.atomic
def verification_decide(
    *, player_id: int, accept: bool, level: Level, reason: str, actor: str, now: datetime
) -> KycState:
    """A colleague decides what was left to a person: verified at a level, or rejected.

    Raises ReasonMissing, NotForReview (nothing waits for a colleague).
    """
    if not reason.strip():
        raise ReasonMissing
    state = state_lock(player_id=player_id, now=now)
    if state.status not in {Status.REVIEW, Status.REJECTED}:
        raise NotForReview
    status = Status.VERIFIED if accept else Status.REJECTED
    verdict = Verdict(status=status, level=level if accept else None, reason=reason.strip())
    return verification_move(state=state, verdict=verdict, actor=actor, now=now)


@transaction.atomic
def verification_review(*, player_id: int, reason: str, actor: str, now: datetime) -> KycState:
    """Have a person look at an automated decision (GDPR-06): by the player's wish or a colleague's.

    Raises NotForReview where no decision was made, or one waits already.
    """
    state = state_lock(player_id=player_id, now=now)
    if state.status not in {Status.REJECTED, Status.RESUBMIT}:
        raise NotForReview
    return verification_move(
        state=state, verdict=Verdict(status=Status.REVIEW, reason=reason.strip() or "Asked for a person"),
        actor=actor, now=now,
    )  # fmt: skip


@transaction.atomic
def deadlines_pass(*, now: datetime, most: int = 1_000) -> int:
    """Stop play where due diligence was not done in its time (AML-04, UK-28); returns how many, at most `most`."""
    late = KycState.objects.filter(locked=True, stopped=False, deadline__lte=now).order_by("deadline")
    rows = list(late.select_for_update(of=("self",), no_key=True, skip_locked=True).select_related("player")[:most])
    for state in rows:
        state.stopped = True
        state.changed_at = now
        state.save(update_fields=["stopped", "changed_at"])
        _told(
            EventName.VERIFICATION_OVERDUE, state, "system:kyc", now, "Not done in its time",
            before={"stopped": False}, after={"stopped": True, "due": state.due, "deadline": state.deadline},
        )  # fmt: skip
    return len(rows)


def _deadline(state: KycState, now: datetime) -> datetime | None:
    time = policy_of(jurisdiction=state.player.jurisdiction, now=now).days(PolicyKey.KYC_DUE_DAYS)
    return None if time is None else now + time


def _told(
    name: EventName,
    state: KycState,
    actor: str,
    now: datetime,
    reason: str,
    *,
    before: dict[str, object],
    after: dict[str, object],
) -> None:
    audit_record(
        name=name, actor=actor, now=now, subject=f"players.player:{state.player_id}", reason=reason,
        brand_id=state.player.brand_id, player_id=state.player_id, before=before, after=after,
    )  # fmt: skip
