"""Cases of players at risk: opened and raised by assessments, set by hand with a reason, closed once looked after."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.harm.enums import CaseState, Tier
from compliance.harm.errors import (
    CaseClosed,
    CaseNeedsInteraction,
    NothingToReview,
    ReviewWaits,
    TierUnchanged,
    WordsMissing,
)
from compliance.harm.models import Assessment, Case, Override
from compliance.policy.keys import PolicyKey
from compliance.policy.selectors.policies import policy_of
from compliance.policy.types import Policy
from players.models import Player


def case_follow(*, player: Player, assessment: Assessment, policy: Policy, now: datetime) -> Case | None:
    """The player's open case as the assessment leaves it: opened, raised, or as it was. None when none is needed.

    A level that somebody set by hand stands until the behaviour gets worse than it was then. Called in the
    transaction of the assessment.
    """
    steps = policy.table(PolicyKey.HARM_STEPS)
    assert steps is not None
    least = Tier(steps["case_from"])
    tier = max(Tier(assessment.tier), least, key=_rank) if assessment.strong else Tier(assessment.tier)
    case = Case.objects.select_for_update().filter(player=player, state=CaseState.OPEN).first()
    if case is None:
        return _open(player, assessment, tier, policy, now) if tier.rank >= least.rank else None
    worse = tier.rank > max(Tier(case.assessment.tier).rank, case.rank)
    case.score, case.assessment = assessment.score, assessment
    if worse:
        before = case.tier
        case.tier, case.rank = tier, tier.rank
        case.due_at = min(case.due_at, now + _sla(tier, policy))
        _tell(EventName.HARM_CASE_RAISED, case, "system:harm", now, before={"tier": before}, after={"tier": tier.value})
    case.save(update_fields=["score", "assessment", "tier", "rank", "due_at"])
    return case


@transaction.atomic
def case_override(*, case_id: int, tier: Tier, reason: str, actor: str, now: datetime) -> Case:
    """Set a case's level by hand: it orders the queue anew and lifts nothing that was blocked.

    Raises CaseClosed, TierUnchanged, WordsMissing.
    """
    case = _locked(case_id)
    if not reason.strip():
        raise WordsMissing
    if case.tier == tier or tier == Tier.NONE:
        raise TierUnchanged
    Override.objects.create(case=case, before=case.tier, tier=tier, reason=reason.strip()[:500], by=actor, at=now)
    before = case.tier
    policy = policy_of(jurisdiction=case.player.jurisdiction, now=now)
    if tier.rank > case.rank:
        case.due_at = min(case.due_at, now + _sla(tier, policy))
    case.tier, case.rank = tier, tier.rank
    case.save(update_fields=["tier", "rank", "due_at"])
    _tell(
        EventName.HARM_TIER_OVERRIDDEN, case, actor, now, reason=reason, before={"tier": before},
        after={"tier": tier.value},
    )  # fmt: skip
    return case


@transaction.atomic
def case_close(*, case_id: int, outcome: str, actor: str, now: datetime) -> Case:
    """Close a case that was looked after. Blocks that stand stay: lifting them is for two people.

    Raises CaseClosed, WordsMissing, CaseNeedsInteraction, ReviewWaits.
    """
    case = _locked(case_id)
    if not outcome.strip():
        raise WordsMissing
    if not case.interactions.exists():
        raise CaseNeedsInteraction
    if case.steps.filter(reviewed_at__isnull=True).exists():
        raise ReviewWaits
    case.state, case.closed_at, case.closed_by, case.outcome = CaseState.CLOSED, now, actor, outcome.strip()[:1000]
    case.save(update_fields=["state", "closed_at", "closed_by", "outcome"])
    _tell(EventName.HARM_CASE_CLOSED, case, actor, now, reason=outcome)
    return case


@transaction.atomic
def review_ask(*, player_id: int, words: str, actor: str, now: datetime) -> Case:
    """The player asks that a person looks at what was done automatically (GDPR-06); asked twice, it is one wish.

    Raises NothingToReview when no automatic step stands that nobody looked at yet.
    """
    case = Case.objects.select_for_update().filter(player_id=player_id, state=CaseState.OPEN).first()
    if case is None or not case.steps.filter(reviewed_at=None).exists():
        raise NothingToReview
    if case.review_asked_at is not None:
        return case
    policy = policy_of(jurisdiction=case.player.jurisdiction, now=now)
    case.review_asked_at, case.review_words = now, words.strip()[:1000]
    case.due_at = min(case.due_at, now + _sla(Tier.HIGH, policy))
    case.save(update_fields=["review_asked_at", "review_words", "due_at"])
    _tell(EventName.HARM_REVIEW_ASKED, case, actor, now, reason=words)
    return case


def _open(player: Player, assessment: Assessment, tier: Tier, policy: Policy, now: datetime) -> Case:
    case = Case.objects.create(
        player=player, tier=tier, rank=tier.rank, score=assessment.score, assessment=assessment, opened_at=now,
        due_at=now + _sla(tier, policy),
    )  # fmt: skip
    _tell(EventName.HARM_CASE_OPENED, case, "system:harm", now, after={"tier": tier.value, "score": case.score})
    return case


def _locked(case_id: int) -> Case:
    case = Case.objects.select_for_update(of=("self",)).select_related("player").get(pk=case_id)
    if case.state == CaseState.CLOSED:
        raise CaseClosed
    return case


def _sla(tier: Tier, policy: Policy) -> timedelta:
    hours = policy.table(PolicyKey.HARM_SLA_HOURS)
    assert hours is not None
    return timedelta(hours=hours[tier.value])


def _rank(tier: Tier) -> int:
    return tier.rank


def _tell(
    name: EventName, case: Case, actor: str, now: datetime, *, reason: str = "",
    before: dict[str, object] | None = None, after: dict[str, object] | None = None,
) -> None:  # fmt: skip
    audit_record(
        name=name, actor=actor, now=now, subject=f"harm.case:{case.pk}", reason=reason, player_id=case.player_id,
        brand_id=case.player.brand_id, before=before, after=after,
    )  # fmt: skip
