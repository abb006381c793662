"""Who may do what: answered from the role grants in force, read anew for every request."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend

from common.clock import utc_now
from common.scope import Scope, ScopePart
from compliance.staff.models import StaffUser
from compliance.staff.selectors.grants import StandingGrant, grants_of

REMEMBERED = "_standing_grants"


class RoleBackend(ModelBackend):
    """Signs in by name and password like Django's own backend, but knows neither superusers nor groups.

    The grants are remembered on the person's object, which lives for one request: a revoked grant is gone at the next.
    """

    def get_user_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:  # noqa: ARG002 - Django's signature
        """Nobody has permissions of their own."""
        return set()

    def get_group_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """What the roles of a person allow, anywhere."""
        return self.get_all_permissions(user_obj, obj)

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """What the roles of a person allow, anywhere."""
        return {name for grant in standing_grants(user_obj) for name in grant.permissions} if obj is None else set()

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Whether any role of the person allows it; where it reaches is `scope_for`."""
        return obj is None and any(perm in grant.permissions for grant in standing_grants(user_obj))

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        """Whether the person has anything to do in an app."""
        return any(name.startswith(f"{app_label}.") for name in self.get_all_permissions(user_obj))

    def scope_for(self, user_obj: Any, permission: str) -> Scope:
        """The brands and jurisdictions that the permission reaches for this person."""
        parts: dict[ScopePart, None] = {
            grant.part: None for grant in standing_grants(user_obj) if permission in grant.permissions
        }
        return Scope(tuple(parts))


def standing_grants(person: Any) -> tuple[StandingGrant, ...]:
    """The roles that a person holds now; none for somebody switched off or not signed in."""
    if not isinstance(person, StaffUser) or not person.is_active:
        return ()
    known: tuple[StandingGrant, ...] | None = person.__dict__.get(REMEMBERED)
    if known is None:
        known = grants_of(staff_id=person.pk, now=utc_now())
        person.__dict__[REMEMBERED] = known
    return known


def grants_forget(person: StaffUser) -> None:
    """Read the grants of a person's object again: for whoever keeps it longer than a request."""
    person.__dict__.pop(REMEMBERED, None)
