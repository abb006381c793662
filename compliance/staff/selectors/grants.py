"""Which roles stand for a person, and what they allow."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Q, QuerySet

from common.scope import ScopePart
from compliance.staff.models import Role, RoleGrant, StaffUser


@dataclass(frozen=True, slots=True)
class StandingGrant:
    """One role that a person holds at a moment, with what it allows and where."""

    grant_id: int
    role: str
    permissions: frozenset[str]
    part: ScopePart
    adjustment_max: Decimal
    allowed_networks: tuple[str, ...]


def grants_standing(*, now: datetime) -> QuerySet[RoleGrant]:
    """Grants in force at `now`, of everybody."""
    ends_later = Q(valid_until__isnull=True) | Q(valid_until__gt=now)
    return RoleGrant.objects.filter(ends_later, revoked_at__isnull=True, granted_at__lte=now)


def grants_of(*, staff_id: int, now: datetime) -> tuple[StandingGrant, ...]:
    """The roles that a person holds at `now`, in two queries."""
    grants = list(grants_standing(now=now).filter(staff_id=staff_id).select_related("role").order_by("pk"))
    if not grants:
        return ()
    permissions: dict[int, set[str]] = defaultdict(set)
    rows = Role.permissions.through.objects.filter(role_id__in={grant.role_id for grant in grants}).values_list(
        "role_id", "permission__content_type__app_label", "permission__codename"
    )
    for role_id, label, codename in rows:
        permissions[role_id].add(f"{label}.{codename}")
    return tuple(
        StandingGrant(
            grant_id=grant.pk,
            role=grant.role.code,
            permissions=frozenset(permissions[grant.role_id]),
            part=ScopePart(frozenset(grant.brands) or None, frozenset(grant.jurisdictions) or None),
            adjustment_max=grant.role.adjustment_max,
            allowed_networks=tuple(grant.role.allowed_networks),
        )
        for grant in grants
    )


def administrators(*, now: datetime) -> QuerySet[StaffUser]:
    """Active people who hold the administrator's role everywhere."""
    grants = grants_standing(now=now).filter(role__code="administrator", brands=[], jurisdictions=[])
    return StaffUser.objects.filter(is_active=True, pk__in=grants.values("staff_id"))
