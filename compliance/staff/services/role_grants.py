"""Granting and revoking roles. Approvals decide whether; here it is done and recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from compliance.staff.errors import GrantEndsInThePast, GrantRevokedAlready, PersonSwitchedOff, RoleHeldAlready
from compliance.staff.models import Role, RoleGrant, StaffUser


@transaction.atomic
def role_grant(
    *,
    staff_id: int,
    role_code: str,
    actor: str,
    reason: str,
    now: datetime,
    brands: Sequence[int] = (),
    jurisdictions: Sequence[str] = (),
    valid_until: datetime | None = None,
    approval: str = "",
) -> RoleGrant:
    """Give a person a role for brands (ids) and jurisdictions (codes), empty for all, until `valid_until`.

    Raises PersonSwitchedOff, RoleHeldAlready (the same role with the same reach stands), GrantEndsInThePast.
    """
    person = StaffUser.objects.select_for_update().get(pk=staff_id)
    role = Role.objects.get(code=role_code)
    if not person.is_active:
        raise PersonSwitchedOff
    if valid_until is not None and valid_until <= now:
        raise GrantEndsInThePast
    reach = {"brands": sorted(set(brands)), "jurisdictions": sorted(set(jurisdictions))}
    for standing in RoleGrant.objects.filter(staff=person, role=role, revoked_at__isnull=True, **reach):
        if standing.valid_until is None or standing.valid_until > now:
            raise RoleHeldAlready
    return RoleGrant.objects.create(
        staff=person, role=role, granted_at=now, granted_by=actor, reason=reason, approval=approval,
        valid_until=valid_until, **reach,
    )  # fmt: skip


@transaction.atomic
def role_revoke(*, grant_id: int, actor: str, reason: str, now: datetime) -> RoleGrant:
    """Take a role back at once; the person's next request is without it. Raises GrantRevokedAlready."""
    grant = RoleGrant.objects.select_for_update().get(pk=grant_id)
    if grant.revoked_at is not None:
        raise GrantRevokedAlready
    grant.revoked_at, grant.revoked_by, grant.revoke_reason = now, actor, reason
    grant.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])
    return grant
