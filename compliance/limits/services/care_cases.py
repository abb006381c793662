"""Checks of what a player can afford, and contacts about high limits: opened by figures, decided by people.

UK-17: net deposits above the trigger in 30 days, checked once in 12 months. Netherlands: nothing more is deposited in
the month until it is shown to be affordable. SE-03: whoever sets a limit above the figure is contacted.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Final

from django.db import transaction

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.limits.enums import CaseKind, CaseState, LimitKind
from compliance.limits.errors import AffordableAmountMissing, CareCaseDecided, RationaleMissing
from compliance.limits.models import CareCase, Limit
from compliance.limits.periods import months_later
from compliance.limits.selectors.rules import in_currency, limit_policy
from compliance.policy.keys import PolicyKey
from players.models import Player

REUSE_MONTHS: Final = 12
JOB: Final = "system:limits"


@transaction.atomic
def care_case_open(
    *,
    player: Player,
    kind: CaseKind,
    figure: Decimal,
    threshold: Decimal,
    window: str,
    policy_row: int | None,
    now: datetime,
) -> CareCase:
    """A case for people, or the one of this kind that is open already. Needs `limits_lock`."""
    standing = CareCase.objects.filter(player=player, kind=kind, state=CaseState.OPEN).first()
    if standing is not None:
        return standing
    case = CareCase.objects.create(
        player=player, kind=kind, figure=figure, threshold=threshold, currency=player.currency, window=window,
        policy_row_id=policy_row, opened_at=now,
    )  # fmt: skip
    _told(case, EventName.CARE_CASE_OPENED, JOB, now)
    return case


@transaction.atomic
def care_case_decide(
    *, case_id: int, cleared: bool, rationale: str, allowed: Decimal | None, actor: str, now: datetime
) -> CareCase:
    """Close a case with what it rests on; it is used again for twelve months (UK-17).

    `allowed`: net deposits of a month found affordable, in the player's currency; an affordability check is cleared
    with it alone. Raises CareCaseDecided, RationaleMissing, AffordableAmountMissing.
    """
    case = CareCase.objects.select_for_update(no_key=True).get(pk=case_id)
    if case.state != CaseState.OPEN:
        raise CareCaseDecided
    if not rationale.strip():
        raise RationaleMissing
    affordability = case.kind == CaseKind.AFFORDABILITY
    if affordability and cleared and (allowed is None or not allowed >= case.threshold):
        raise AffordableAmountMissing(threshold=f"{case.threshold:f}")
    case.state = CaseState.CLEARED if cleared else CaseState.CONCERN
    case.decided_at, case.decided_by, case.rationale = now, actor, rationale.strip()[:1000]
    case.allowed = allowed if affordability and cleared else None
    # What could not be shown to be affordable may be shown tomorrow: only that is not kept for a year.
    kept = case.kind == CaseKind.VULNERABILITY or (affordability and cleared)
    case.valid_until = months_later(now, REUSE_MONTHS) if kept else None
    case.save(update_fields=["state", "decided_at", "decided_by", "rationale", "allowed", "valid_until"])
    _told(case, EventName.CARE_CASE_DECIDED, actor, now)
    return case


def contact_open(*, player: Player, limit: Limit, now: datetime) -> CareCase | None:
    """A contact where the player allowed himself more deposits than the policy lets pass unseen (SE-03)."""
    policy = limit_policy(player, now)
    table = policy.table(PolicyKey.LIMIT_CONTACT_ABOVE)
    if table is None or limit.kind != LimitKind.DEPOSIT or limit.period != table["period"]:
        return None
    most = in_currency(table["limit"], player.currency, now)
    if limit.amount <= most:
        return None
    return care_case_open(
        player=player, kind=CaseKind.CONTACT, figure=limit.amount, threshold=most, window="limit",
        policy_row=policy.row_id(PolicyKey.LIMIT_CONTACT_ABOVE), now=now,
    )  # fmt: skip


def check_standing(*, player: Player, kind: CaseKind, now: datetime) -> CareCase | None:
    """The check that is used again: decided, and not older than its time."""
    rows = CareCase.objects.filter(player=player, kind=kind, valid_until__gt=now).exclude(state=CaseState.OPEN)
    return rows.order_by("-decided_at").first()


def _told(case: CareCase, name: EventName, actor: str, now: datetime) -> None:
    audit_record(
        name=name, actor=actor, now=now, subject=f"limits.carecase:{case.pk}", reason=case.rationale,
        brand_id=case.player.brand_id, player_id=case.player_id,
        after={
            "kind": case.kind, "state": case.state, "figure": case.figure, "threshold": case.threshold,
            "currency": case.currency, "window": case.window, "policy_row": case.policy_row_id,
            "allowed": case.allowed, "valid_until": case.valid_until,
        },
    )  # fmt: skip
