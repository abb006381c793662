"""Grants as rows of tables, on the pages of people and roles."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from common.backoffice.display import instant, record_link, tag
from common.backoffice.sections import Section
from compliance.staff.models import Role, RoleGrant, StaffUser
from compliance.staff.selectors.conflicts import conflicts_of
from compliance.staff.selectors.grants import grants_standing
from compliance.staff.selectors.reach_words import brand_names, reach_words

SHOWN = 100


def grant_state(grant: RoleGrant, now: datetime) -> str:
    """In force, ended or revoked, as a label."""
    if grant.revoked_at is not None:
        return tag("Revoked", "danger")
    if grant.valid_until is not None and grant.valid_until <= now:
        return tag("Ended")
    return tag("In force", "success")


def grant_end(grant: RoleGrant) -> str:
    """When it ended or will end."""
    if grant.revoked_at is not None:
        return instant(grant.revoked_at)
    return instant(grant.valid_until) if grant.valid_until else "until revoked"


def grants_section(person: StaffUser, now: datetime) -> Section:
    """Every role that a person holds or held."""
    grants = RoleGrant.objects.filter(staff=person).select_related("role").order_by("-pk")[:SHOWN]
    names = brand_names()
    rows = [
        (
            record_link("staff.rolegrant", grant.pk, grant.role.name),
            grant_state(grant, now),
            reach_words(grant.brands, grant.jurisdictions, names),
            instant(grant.granted_at),
            grant_end(grant),
            grant.granted_by,
            grant.reason,
        )
        for grant in grants
    ]
    headers = ("Role", "State", "For", "Granted", "Until", "By", "Reason")
    empty = "No role: whoever signs in sees nothing. Propose one with the button above."
    return Section("Roles", headers, rows, empty=empty, permission="staff.view_rolegrant")


def conflicts_section(person: StaffUser, now: datetime) -> Section:
    """Roles of one person that do not go together."""
    found = conflicts_of(staff_id=person.pk, now=now)
    rows = [(" and ".join(role_names(conflict.roles)), tag(conflict.why, "warning")) for conflict in found]
    empty = "None: no two roles of this person go against each other."
    return Section("Conflicts", ("Roles", "Why"), rows, empty=empty, permission="staff.view_rolegrant")


def holders_section(role: Role, now: datetime) -> Section:
    """Who holds a role now."""
    grants = grants_standing(now=now).filter(role=role, staff__is_active=True).select_related("staff")
    names = brand_names()
    rows = [
        (
            record_link("staff.staffuser", grant.staff_id, grant.staff.username),
            reach_words(grant.brands, grant.jurisdictions, names),
            instant(grant.granted_at),
            grant_end(grant),
        )
        for grant in grants.order_by("staff__username")[:SHOWN]
    ]
    empty = "Nobody holds it now."
    return Section(
        "Who holds it", ("Person", "For", "Since", "Until"), rows, empty=empty, permission="staff.view_rolegrant"
    )


def role_names(codes: Iterable[str]) -> list[str]:
    """Names of roles, in the order of their codes."""
    names = dict(Role.objects.values_list("code", "name"))
    return [names.get(code, code) for code in codes]
