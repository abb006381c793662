"""The seeded jobs, brought into the database again and again without undoing what operators changed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import Permission
from django.db import transaction

from compliance.staff.models import Role
from compliance.staff.roles import ROLES, RoleSeed


@dataclass(frozen=True, slots=True)
class SeedReport:
    """What seeding did. `differs` names the roles that were changed by hand, and how they differ from the seed.

    `unknown` are names in the seed that no model declares.
    """

    created: tuple[str, ...]
    brought_up_to_date: tuple[str, ...]
    differs: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]


@transaction.atomic
def roles_seed(*, seeds: tuple[RoleSeed, ...] = ROLES) -> SeedReport:
    """Create missing roles; bring those that nobody changed up to date; leave the others and tell how they differ."""
    known = {
        f"{label}.{codename}": pk
        for pk, label, codename in Permission.objects.values_list("pk", "content_type__app_label", "codename")
    }
    created, updated, differs = [], [], []
    for seed in seeds:
        role = Role.objects.select_for_update().filter(code=seed.code).first()
        if role is None:
            role = Role.objects.create(code=seed.code, name=seed.name, description=seed.description)
            _write(role, seed, known)
            created.append(seed.code)
            continue
        wanted, standing = _content_of_seed(seed, known), _content_of_role(role)
        if standing == wanted:
            _mark(role, wanted)
        elif standing == role.seeded:
            _write(role, seed, known)
            updated.append(seed.code)
        else:
            differs.append((seed.code, _difference(standing, wanted)))
    _conflicts(seeds, created)
    unknown = {name for seed in seeds for name in seed.permissions if name not in known}
    return SeedReport(tuple(created), tuple(updated), tuple(differs), tuple(sorted(unknown)))


def _content_of_seed(seed: RoleSeed, known: dict[str, int]) -> dict[str, Any]:
    names = sorted({name for name in seed.permissions if name in known})
    return {"permissions": names, "adjustment_max": f"{Decimal(seed.adjustment_max).normalize():f}"}


def _content_of_role(role: Role) -> dict[str, Any]:
    rows = role.permissions.values_list("content_type__app_label", "codename")
    names = sorted(f"{label}.{codename}" for label, codename in rows)
    return {"permissions": names, "adjustment_max": f"{role.adjustment_max.normalize():f}"}


def _write(role: Role, seed: RoleSeed, known: dict[str, int]) -> None:
    content = _content_of_seed(seed, known)
    role.permissions.set([known[name] for name in content["permissions"]])
    role.adjustment_max = Decimal(seed.adjustment_max)
    role.seeded = content
    role.save(update_fields=["adjustment_max", "seeded"])


def _mark(role: Role, content: dict[str, Any]) -> None:
    if role.seeded != content:
        role.seeded = content
        role.save(update_fields=["seeded"])


def _conflicts(seeds: tuple[RoleSeed, ...], created: list[str]) -> None:
    roles = {role.code: role for role in Role.objects.filter(code__in=[seed.code for seed in seeds])}
    for seed in seeds:
        if seed.code in created:
            roles[seed.code].conflicts.add(*(roles[code] for code in seed.conflicts if code in roles))


def _difference(standing: dict[str, Any], wanted: dict[str, Any]) -> str:
    more = sorted(set(standing["permissions"]) - set(wanted["permissions"]))
    fewer = sorted(set(wanted["permissions"]) - set(standing["permissions"]))
    words = [f"+{name}" for name in more] + [f"-{name}" for name in fewer]
    if standing["adjustment_max"] != wanted["adjustment_max"]:
        words.append(f"adjustments up to {standing['adjustment_max']} instead of {wanted['adjustment_max']}")
    return ", ".join(words)
