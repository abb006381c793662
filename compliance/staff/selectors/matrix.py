"""The role matrix (R-23, SEC-14): what each role may do, and who holds which role until when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import Permission

from compliance.staff.catalogue import GROUPS, OFFERED, group_of
from compliance.staff.models import Role, RoleGrant
from compliance.staff.permission_kinds import changes_something
from compliance.staff.selectors.grants import grants_standing
from compliance.staff.selectors.reach_words import brand_names, reach_words


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One right and the codes of the roles that have it."""

    permission: str
    title: str
    changes: bool
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Roles as columns, rights as rows in groups."""

    roles: Sequence[Role]
    groups: Sequence[tuple[str, Sequence[MatrixRow]]]


@dataclass(frozen=True, slots=True)
class Holding:
    """One grant in force, in words."""

    grant: RoleGrant
    reach: str


def role_matrix() -> Matrix:
    """Every right that a role has or could be given, in three queries."""
    roles = list(Role.objects.order_by("name"))
    codes = {role.pk: role.code for role in roles}
    holders: dict[str, set[str]] = defaultdict(set)
    rows = Role.permissions.through.objects.values_list(
        "role_id", "permission__content_type__app_label", "permission__codename"
    )
    for role_id, label, codename in rows:
        holders[f"{label}.{codename}"].add(codes[role_id])
    titles = permission_titles()
    grouped: dict[str, list[MatrixRow]] = defaultdict(list)
    for name in sorted({*OFFERED, *holders} & set(titles)):
        row = MatrixRow(name, titles[name], changes_something(name), frozenset(holders[name]))
        grouped[group_of(name)].append(row)
    # What only looks stands above what changes something.
    ordered = [
        (group, sorted(grouped[group], key=lambda row: (row.changes, row.title))) for group in GROUPS if grouped[group]
    ]
    return Matrix(roles, ordered)


def permission_titles() -> dict[str, str]:
    """Rights by name with their titles, the leading "Can" left out."""
    rows = Permission.objects.values_list("content_type__app_label", "codename", "name")
    found = {}
    for label, codename, name in rows:
        words = name.removeprefix("Can ")
        found[f"{label}.{codename}"] = words[:1].upper() + words[1:]
    return found


def holdings(*, now: datetime) -> list[Holding]:
    """Who holds which role where and until when, people in order; at most 5,000."""
    names = brand_names()
    grants = grants_standing(now=now).filter(staff__is_active=True).select_related("staff", "role")
    return [
        Holding(grant, reach_words(grant.brands, grant.jurisdictions, names))
        for grant in grants.order_by("staff__username", "role__name", "pk")[:5000]
    ]
