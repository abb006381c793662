"""Who waits for whom: proposals that somebody may decide, and those whose time is over."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from compliance.approvals.enums import OPEN_STATES
from compliance.approvals.models import Approval
from compliance.approvals.registry import approval_kinds
from compliance.approvals.selectors.people import subjects_of_person
from compliance.staff.models import StaffUser
from compliance.staff.selectors.grants import StandingGrant, grants_of

COUNT_UP_TO: Final = 100
EXPIRED_AT_ONCE: Final = 500


def approvals_waiting(*, staff: StaffUser, now: datetime) -> QuerySet[Approval]:
    """Open proposals that this person may decide now, the oldest first: the right, in scope, not own, not decided."""
    person = staff.personnel_number
    reach = _reach(grants_of(staff_id=staff.pk, now=now)) if person and staff.is_active else Q(pk__in=[])
    rows = Approval.objects.filter(reach, state__in=OPEN_STATES, expires_at__gt=now)
    rows = rows.exclude(maker_person=person).exclude(decisions__person=person)
    return rows.exclude(subject__in=subjects_of_person(person)).order_by("created_at", "pk")


def approvals_waiting_count(staff: StaffUser, *, now: datetime) -> int:
    """How many proposals wait for this person, up to `COUNT_UP_TO`: for the side bar and the dashboard."""
    waiting = approvals_waiting(staff=staff, now=now).order_by()
    return waiting[:COUNT_UP_TO].count()


def approvals_overdue(*, now: datetime) -> list[int]:
    """Proposals to expire, the oldest first, a bounded number."""
    rows = Approval.objects.filter(state__in=OPEN_STATES, expires_at__lte=now).order_by("created_at", "pk")
    return list(rows.values_list("pk", flat=True)[:EXPIRED_AT_ONCE])


def _reach(grants: tuple[StandingGrant, ...]) -> Q:
    """What the grants may decide: kinds by their approving permission, where the grant reaches."""
    found = Q(pk__in=[])
    for grant in grants:
        kinds = [kind.code for kind in approval_kinds() if kind.approve_permission in grant.permissions]
        if not kinds:
            continue
        within = Q(kind__in=kinds)
        if grant.part.brands is not None:
            within &= Q(brand_id__in=sorted(grant.part.brands))
        if grant.part.jurisdictions is not None:
            within &= Q(jurisdiction__in=sorted(grant.part.jurisdictions))
        found |= within
    return found
