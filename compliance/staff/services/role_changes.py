"""Changing what a role may do. Approvals decide whether; here it is done and recorded."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.contrib.auth.models import Permission
from django.db import transaction

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.staff.errors import (
    AdministratorsMoveNoMoney,
    AuditorsChangeNothing,
    NetworkNotUnderstood,
    PermissionUnknown,
    RoleUnchanged,
    RoleUnknown,
)
from compliance.staff.models import Role
from compliance.staff.permission_kinds import changes_something, moves_money


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleTerms:
    """What a role may do: permissions ("players.view_player"), adjustments up to this in the base currency, networks.

    `conflicts` are codes of roles that one person should not hold together with it.
    """

    permissions: tuple[str, ...]
    adjustment_max: Decimal
    allowed_networks: tuple[str, ...]
    conflicts: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """The terms for the record."""
        return {
            "permissions": sorted(self.permissions),
            "adjustment_max": self.adjustment_max,
            "allowed_networks": sorted(self.allowed_networks),
            "conflicts": sorted(self.conflicts),
        }


def role_terms(role: Role) -> RoleTerms:
    """What a role may do now."""
    rows = role.permissions.values_list("content_type__app_label", "codename")
    return RoleTerms(
        permissions=tuple(sorted(f"{label}.{codename}" for label, codename in rows)),
        adjustment_max=role.adjustment_max,
        allowed_networks=tuple(sorted(role.allowed_networks)),
        conflicts=tuple(sorted(role.conflicts.values_list("code", flat=True))),
    )


@transaction.atomic
def role_permissions_change(
    *, role_code: str, terms: RoleTerms, actor: str, reason: str, now: datetime, approval: str = ""
) -> Role:
    """Set what a role may do; its holders have it with their next request.

    Raises RoleUnknown, PermissionUnknown, NetworkNotUnderstood, RoleUnchanged, and for two roles whose promise stands
    in their name AuditorsChangeNothing and AdministratorsMoveNoMoney.
    """
    role = Role.objects.select_for_update().filter(code=role_code).first()
    if role is None:
        raise RoleUnknown
    before = role_terms(role)
    check_terms(role_code, terms)
    if before.as_json() == terms.as_json():
        raise RoleUnchanged
    role.permissions.set(_permissions(terms.permissions))
    role.conflicts.set(Role.objects.filter(code__in=terms.conflicts))
    role.adjustment_max = terms.adjustment_max
    role.allowed_networks = networks_checked(terms.allowed_networks)
    role.save(update_fields=["adjustment_max", "allowed_networks"])
    old, new = before.as_json(), terms.as_json()
    changed = [name for name in new if old[name] != new[name]]
    gone = sorted(set(before.permissions) - set(terms.permissions))
    more = sorted(set(terms.permissions) - set(before.permissions))
    audit_record(
        name=EventName.ROLE_CHANGED, actor=actor, now=now, subject=f"staff.role:{role.pk}", reason=reason,
        before={name: gone if name == "permissions" else old[name] for name in changed},
        after={name: more if name == "permissions" else new[name] for name in changed}, approval=approval,
    )  # fmt: skip
    return role


def check_terms(role_code: str, terms: RoleTerms) -> None:
    """Raises what is wrong with the terms before anybody proposes them."""
    _permissions(terms.permissions)
    networks_checked(terms.allowed_networks)
    if terms.adjustment_max < 0:
        raise NetworkNotUnderstood
    if role_code == "auditor" and (terms.adjustment_max or any(changes_something(name) for name in terms.permissions)):
        raise AuditorsChangeNothing
    if role_code == "administrator" and (terms.adjustment_max or any(moves_money(name) for name in terms.permissions)):
        raise AdministratorsMoveNoMoney


def networks_checked(networks: Sequence[str]) -> list[str]:
    """The networks in canonical form, each once. Raises NetworkNotUnderstood."""
    try:
        return sorted({str(ipaddress.ip_network(text.strip())) for text in networks if text.strip()})
    except ValueError as wrong:
        raise NetworkNotUnderstood from wrong


def _permissions(names: Sequence[str]) -> list[Permission]:
    wanted = set(names)
    rows = Permission.objects.select_related("content_type").filter(
        codename__in={name.partition(".")[2] for name in wanted}
    )
    found = [row for row in rows if f"{row.content_type.app_label}.{row.codename}" in wanted]
    if len(found) != len(wanted):
        raise PermissionUnknown
    return found
