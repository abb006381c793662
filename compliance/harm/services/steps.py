"""What is done at once when a marker is strong: bonuses and marketing stop, the strongest stop money (UK-16).

A step is the gate's flag, placed in the transaction of the assessment, with the assessment as its reason. A person
reviews each (GDPR-06); lifting the flag itself is for two people, on the flag's own page.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.gate.enums import FlagKind
from compliance.gate.models import Flag
from compliance.gate.services.flags import flag_place
from compliance.harm.enums import ReviewOutcome, Tier
from compliance.harm.errors import ReviewedAlready, WordsMissing
from compliance.harm.models import Assessment, Case, Step
from compliance.policy.keys import PolicyKey
from compliance.policy.types import Policy

ACTOR = "system:harm"


def steps_take(
    *, case: Case, assessment: Assessment, before: Assessment | None, policy: Policy, now: datetime
) -> list[Step]:
    """Place what the policy wants at a newly strong marker, and at a level that newly is the highest.

    What stands already is not placed twice; what people lifted comes back only with a marker that was not strong then.
    """
    wanted = _wanted(assessment, before, policy)
    standing = set(
        Flag.objects.filter(player_id=case.player_id, kind__in=wanted)
        .filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now))
        .values_list("kind", flat=True)
    )
    delay = policy.minutes(PolicyKey.INTERVENTION_MAX_DELAY_MINUTES)
    assert delay is not None
    taken: list[Step] = []
    for kind in (kind for kind in wanted if kind not in standing):
        flag = flag_place(
            player_id=case.player_id,
            kind=FlagKind(kind),
            ends_at=None,
            reason=_reason(assessment),
            actor=ACTOR,
            now=now,
        )
        step = Step.objects.create(
            case=case, assessment=assessment, kind=kind, flag_id=flag.pk, evident_at=assessment.evident_at,
            due_at=assessment.evident_at + delay, taken_at=now,
        )  # fmt: skip
        _tell(EventName.HARM_STEP_TAKEN if step.in_time else EventName.HARM_STEP_LATE, step, ACTOR, now)
        taken.append(step)
    return taken


@transaction.atomic
def step_review(*, step_id: int, outcome: ReviewOutcome, words: str, actor: str, now: datetime) -> Step:
    """A person's judgement of a step that was taken automatically. Raises ReviewedAlready, WordsMissing."""
    step = Step.objects.select_for_update(of=("self",)).select_related("case__player").get(pk=step_id)
    if step.reviewed_at is not None:
        raise ReviewedAlready
    if not words.strip():
        raise WordsMissing
    step.reviewed_at, step.reviewed_by, step.review = now, actor, outcome
    step.review_words = words.strip()[:1000]
    step.save(update_fields=["reviewed_at", "reviewed_by", "review", "review_words"])
    _tell(EventName.HARM_STEP_REVIEWED, step, actor, now, words)
    return step


def _wanted(assessment: Assessment, before: Assessment | None, policy: Policy) -> list[str]:
    table = policy.table(PolicyKey.HARM_STEPS)
    assert table is not None
    known = {found["marker"] for found in before.findings if found["strong"]} if before else set()
    wanted: list[str] = []
    if {found["marker"] for found in assessment.findings if found["strong"]} - known:
        wanted += table["strong"]
    if assessment.tier == Tier.SEVERE and (before is None or before.tier != Tier.SEVERE):
        wanted += table["severe"]
    return list(dict.fromkeys(wanted))


def _reason(assessment: Assessment) -> str:
    first = sorted(assessment.findings, key=lambda found: (not found["strong"], -found["points"]))
    words = "; ".join(found["words"] for found in first[:3])
    return f"Assessment {assessment.pk}, {assessment.score} points, {assessment.tier}: {words}"[:500]


def _tell(name: EventName, step: Step, actor: str, now: datetime, reason: str = "") -> None:
    after: dict[str, object] = {"kind": step.kind, "assessment": step.assessment_id, "due_at": step.due_at}
    if step.review:
        after = {"kind": step.kind, "review": str(step.review)}
    audit_record(
        name=name, actor=actor, now=now, subject=f"harm.step:{step.pk}", reason=reason,
        player_id=step.case.player_id, brand_id=step.case.player.brand_id, after=after,
    )  # fmt: skip
