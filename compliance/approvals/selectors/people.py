"""Who proposes and who decides: the account, the person behind it, and the roles by which they may."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from compliance.approvals.errors import NotAllowed, PersonUnknown
from compliance.approvals.types import ApprovalScope
from compliance.staff.models import StaffUser
from compliance.staff.selectors.grants import StandingGrant, grants_of


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody at work: two accounts with one personnel number are one person."""

    staff_id: int
    person: str
    grants: tuple[StandingGrant, ...]

    @property
    def roles(self) -> str:
        """The codes of all roles held, for the record."""
        return ", ".join(sorted({grant.role for grant in self.grants}))[:300]

    def may(self, permission: str, scope: ApprovalScope) -> bool:
        """Whether a role gives the permission where the approval belongs; house-wide ones need an unlimited grant."""
        return any(
            permission in grant.permissions and grant.part.admits(scope.brand_id, scope.jurisdiction or None)
            for grant in self.grants
        )


def subjects_of_person(person: str) -> list[str]:
    """How approvals name the accounts of a person: nobody decides about the own roles or second factor."""
    accounts = StaffUser.objects.filter(personnel_number=person).values_list("pk", flat=True)
    return [f"staff.staffuser:{key}" for key in accounts]


def colleague_get(*, actor: str, permission: str, scope: ApprovalScope, now: datetime) -> Colleague:
    """The person behind "staff:7", allowed to do this there. Raises NotAllowed and PersonUnknown."""
    house, _, key = actor.partition(":")
    known = StaffUser.objects.filter(pk=int(key), is_active=True) if house == "staff" and key.isdecimal() else None
    person = known.values_list("personnel_number", flat=True).first() if known is not None else None
    if person is None:
        raise NotAllowed(permission=permission)
    colleague = Colleague(int(key), person, grants_of(staff_id=int(key), now=now))
    if not colleague.may(permission, scope):
        raise NotAllowed(permission=permission)
    if not person:
        raise PersonUnknown
    return colleague
