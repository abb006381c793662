"""Granting and revoking roles. Approvals decide whether; here it is done and recorded (SEC-20)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.staff.errors import (
    GrantEndsInThePast,
    GrantRevokedAlready,
    LastAdministrator,
    PersonSwitchedOff,
    ReachUnknown,
    RoleHeldAlready,
    RoleUnknown,
)
from compliance.staff.models import Role, RoleGrant, StaffUser
from compliance.staff.selectors.grants import administrators
from players.models import Brand


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

    Raises PersonSwitchedOff, RoleUnknown, ReachUnknown, GrantEndsInThePast, RoleHeldAlready (the same role with the
    same reach stands).
    """
    person = StaffUser.objects.select_for_update().get(pk=staff_id)
    role = Role.objects.filter(code=role_code).first()
    if role is None:
        raise RoleUnknown
    if not person.is_active:
        raise PersonSwitchedOff
    if valid_until is not None and valid_until <= now:
        raise GrantEndsInThePast
    shops, words = sorted(set(brands)), sorted(set(jurisdictions))
    _check_reach(shops, words)
    same = RoleGrant.objects.filter(staff=person, role=role, brands=shops, jurisdictions=words)
    for standing in same.filter(revoked_at__isnull=True):
        if standing.valid_until is None or standing.valid_until > now:
            raise RoleHeldAlready
    grant = RoleGrant.objects.create(
        staff=person, role=role, granted_at=now, granted_by=actor, reason=reason, approval=approval,
        valid_until=valid_until, brands=shops, jurisdictions=words,
    )  # fmt: skip
    audit_record(
        name=EventName.ROLE_GRANTED, actor=actor, now=now, subject=f"staff.staffuser:{staff_id}", reason=reason,
        after={"grant": grant.pk, "role": role_code, "valid_until": valid_until, "brands": shops,
               "jurisdictions": words}, approval=approval,
    )  # fmt: skip
    return grant


@transaction.atomic
def role_revoke(*, grant_id: int, actor: str, reason: str, now: datetime, approval: str = "") -> RoleGrant:
    """Take a role back at once; the person's next request is without it.

    Raises GrantRevokedAlready, LastAdministrator (nobody could grant anything any more).
    """
    grant = RoleGrant.objects.select_for_update().select_related("role").get(pk=grant_id)
    if grant.revoked_at is not None:
        raise GrantRevokedAlready
    administrators_hold_still()
    grant.revoked_at, grant.revoked_by, grant.revoke_reason = now, actor, reason
    was_one = administrators(now=now).exists()
    grant.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])
    if was_one and not administrators(now=now).exists():
        raise LastAdministrator
    audit_record(
        name=EventName.ROLE_REVOKED, actor=actor, now=now, subject=f"staff.staffuser:{grant.staff_id}", reason=reason,
        before={"grant": grant.pk, "role": grant.role.code, "brands": grant.brands,
                "jurisdictions": grant.jurisdictions, "valid_until": grant.valid_until},
        approval=approval,
    )  # fmt: skip
    return grant


def administrators_hold_still() -> None:
    """Whoever takes an administrator away waits for another who does: two could each leave the other as the last."""
    Role.objects.select_for_update(no_key=True).filter(code="administrator").first()


def _check_reach(brands: Sequence[int], jurisdictions: Sequence[str]) -> None:
    """An unknown brand would silently reach nothing, and later whatever gets its number."""
    known_brands = Brand.objects.filter(pk__in=brands).count()
    known_words = set(Brand.objects.filter(jurisdiction__in=jurisdictions).values_list("jurisdiction", flat=True))
    if known_brands != len(brands) or known_words != set(jurisdictions):
        raise ReachUnknown
