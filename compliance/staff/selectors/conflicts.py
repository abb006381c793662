"""Where one person could be both maker and checker, through one role or two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from common.scope import ScopePart
from compliance.staff.models import Role, StaffUser
from compliance.staff.permission_kinds import maker_and_checker
from compliance.staff.selectors.grants import StandingGrant, grants_of, grants_standing


@dataclass(frozen=True, slots=True)
class Conflict:
    """One reason why a person's roles do not go together; `roles` are codes, `why` is a sentence."""

    roles: tuple[str, ...]
    why: str


def declared_conflicts(codes: Iterable[str]) -> list[Conflict]:
    """Pairs of roles that somebody declared not to go together."""
    wanted = sorted(set(codes))
    pairs = Role.conflicts.through.objects.filter(from_role__code__in=wanted, to_role__code__in=wanted).values_list(
        "from_role__code", "to_role__code"
    )
    found = sorted({tuple(sorted(pair)) for pair in pairs})
    return [Conflict(pair, "declared not to go together") for pair in found]


def both_hands(grants: Sequence[StandingGrant]) -> list[Conflict]:
    """Kinds of action of which the person may be the maker through one role and the checker through another.

    One role alone is judged when it is written, not here: the four-eyes rule keeps a person from deciding about the
    own proposal in any case.
    """
    makers: dict[str, set[str]] = defaultdict(set)
    checkers: dict[str, set[str]] = defaultdict(set)
    for grant in grants:
        for name in grant.permissions:
            if (part := maker_and_checker(name.partition(".")[2])) is not None:
                (makers if part[0] == "maker" else checkers)[part[1]].add(grant.role)
    found = []
    for kind in sorted(set(makers) & set(checkers)):
        between = makers[kind] | checkers[kind]
        if len(between) > 1:
            found.append(Conflict(tuple(sorted(between)), f"proposes and approves: {kind.replace('_', ' ')}"))
    return found


def conflicts_of(*, staff_id: int, now: datetime, with_roles: Iterable[str] = ()) -> list[Conflict]:
    """Everything that does not go together among a person's roles, as if `with_roles` (codes) were granted too."""
    held = grants_of(staff_id=staff_id, now=now)
    more = tuple(_as_granted(role) for role in Role.objects.filter(code__in=list(with_roles)))
    grants = (*held, *more)
    return declared_conflicts(grant.role for grant in grants) + both_hands(grants)


def conflicting_people(*, now: datetime) -> list[tuple[StaffUser, Conflict]]:
    """Every active person with a conflict."""
    several = grants_standing(now=now).filter(staff__is_active=True).values_list("staff_id", flat=True).distinct()
    found = []
    for person in StaffUser.objects.filter(pk__in=several).order_by("username"):
        found += [(person, conflict) for conflict in conflicts_of(staff_id=person.pk, now=now)]
    return found


def _as_granted(role: Role) -> StandingGrant:
    names = role.permissions.annotate(label=F("content_type__app_label")).values_list("label", "codename")
    return StandingGrant(
        grant_id=0,
        role=role.code,
        permissions=frozenset(f"{label}.{codename}" for label, codename in names),
        part=ScopePart(),
        adjustment_max=role.adjustment_max,
        allowed_networks=tuple(role.allowed_networks),
    )
