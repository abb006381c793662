"""Grants and revocations of roles as the four-eyes mechanism takes them (SEC-20)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.conf import settings

from common.money import decimal_text
from compliance.approvals.registry import ApprovalKind, approval_kind_register
from compliance.approvals.types import ApprovalScope, Consequence, Execution, Fact, Payload, State
from compliance.staff.errors import NotOneself
from compliance.staff.models import RoleGrant, StaffUser
from compliance.staff.proposals.payloads import payload_list, payload_role
from compliance.staff.selectors.conflicts import conflicts_of
from compliance.staff.selectors.grants import grants_standing
from compliance.staff.selectors.reach_words import reach_words
from compliance.staff.services.role_changes import role_terms
from compliance.staff.services.role_grants import role_grant, role_revoke
from wallet.sealing.canonical import Json

GRANT: Final = "role_grant"
REVOKE: Final = "role_revoke"
PROPOSE: Final = "staff.propose_role_grant"
APPROVE: Final = "staff.approve_role_grant"


def grant_payload(
    *, staff_id: int, role_code: str, brands: Sequence[int], jurisdictions: Sequence[str], valid_until: datetime | None
) -> dict[str, Json]:
    """What a grant is proposed with."""
    return {
        "staff": staff_id,
        "role": role_code,
        "brands": [*sorted(set(brands))],
        "jurisdictions": [*sorted(set(jurisdictions))],
        "valid_until": valid_until.isoformat() if valid_until else None,
    }


def revoke_payload(*, grant_id: int) -> dict[str, Json]:
    """What a revocation is proposed with."""
    return {"grant": grant_id}


def grant_kinds_register() -> None:
    """Called once from the app's ready()."""
    approval_kind_register(
        ApprovalKind(
            code=GRANT, title="Grant of a role", facts=_grant_facts, consequences=_grant_consequences,
            state=_grant_state, execute=_grant_execute, scope=_of_person, lock=_lock_person,
            may_propose=_not_for_oneself, propose_permission=PROPOSE, approve_permission=APPROVE,
        )
    )  # fmt: skip
    approval_kind_register(
        ApprovalKind(
            code=REVOKE, title="Revocation of a role", facts=_revoke_facts, consequences=_revoke_consequences,
            state=_revoke_state, execute=_revoke_execute, scope=_of_grants_person,
            lock=lambda payload: _lock(_grant(payload).staff_id), propose_permission=PROPOSE,
            approve_permission=APPROVE,
        )
    )  # fmt: skip


def _person(payload: Payload) -> StaffUser:
    return StaffUser.objects.get(pk=int(str(payload["staff"])))


def _grant(payload: Payload) -> RoleGrant:
    return RoleGrant.objects.select_related("role", "staff").get(pk=int(str(payload["grant"])))


def _reach(payload: Payload) -> tuple[list[int], list[str]]:
    return [int(key) for key in payload_list(payload, "brands")], payload_list(payload, "jurisdictions")


def _until(payload: Payload) -> datetime | None:
    text = payload["valid_until"]
    return datetime.fromisoformat(str(text)) if text else None


def _of_person(payload: Payload) -> ApprovalScope:
    return ApprovalScope(subject=f"staff.staffuser:{_person(payload).pk}")


def _of_grants_person(payload: Payload) -> ApprovalScope:
    return ApprovalScope(subject=f"staff.staffuser:{_grant(payload).staff_id}")


def _lock_person(payload: Payload) -> None:
    _lock(_person(payload).pk)


def _lock(staff_id: int) -> None:
    StaffUser.objects.select_for_update().get(pk=staff_id)


def _same_person(one: StaffUser, staff_id: int) -> bool:
    other = StaffUser.objects.get(pk=staff_id)
    return one.pk == other.pk or bool(one.personnel_number and one.personnel_number == other.personnel_number)


def _not_for_oneself(payload: Payload, maker_id: int, _now: datetime) -> None:
    if _same_person(_person(payload), maker_id):
        raise NotOneself


def _held(staff_id: int, now: datetime) -> str:
    rows = grants_standing(now=now).filter(staff_id=staff_id).select_related("role").order_by("role__name", "pk")
    words = [f"{row.role.name} ({reach_words(row.brands, row.jurisdictions)})" for row in rows]
    return ", ".join(words) or "none"


def _grant_facts(payload: Payload) -> list[Fact]:
    until = _until(payload)
    return [
        ("Person", _name(_person(payload))),
        ("Role", payload_role(payload).name),
        ("For", reach_words(*_reach(payload))),
        ("Until", f"{until:%Y-%m-%d %H:%M} UTC" if until else "until revoked"),
    ]


def _grant_consequences(payload: Payload, now: datetime) -> list[Consequence]:
    person, role = _person(payload), payload_role(payload)
    held = _held(person.pk, now)
    asked = f"{role.name} ({reach_words(*_reach(payload))})"
    lines = [Consequence("Roles", held, asked if held == "none" else f"{held}, {asked}")]
    before = conflicts_of(staff_id=person.pk, now=now)
    lines += [
        Consequence(f"Conflict of {' and '.join(conflict.roles)}", "none", conflict.why, True)
        for conflict in conflicts_of(staff_id=person.pk, now=now, with_roles=[role.code])
        if conflict not in before
    ]
    if role.adjustment_max:
        worth = f"up to {decimal_text(role.adjustment_max)} {settings.BASE_CURRENCY}"
        lines.append(Consequence("Adjustments it may propose", "as the roles held allow", worth))
    return lines


def _grant_state(payload: Payload, now: datetime) -> State:
    person = _person(payload)
    return {
        "Person": "active" if person.is_active else "switched off",
        "Roles": _held(person.pk, now),
        "The role's rights": ", ".join(role_terms(payload_role(payload)).permissions),
    }


def _grant_execute(payload: Payload, run: Execution) -> str:
    person = _person(payload)
    for approver in run.approvers:
        if _same_person(person, int(approver.partition(":")[2])):
            raise NotOneself
    brands, jurisdictions = _reach(payload)
    made = role_grant(
        staff_id=person.pk, role_code=str(payload["role"]), brands=brands, jurisdictions=jurisdictions,
        valid_until=_until(payload), actor=run.maker, reason=run.reason, now=run.now, approval=run.reference,
    )  # fmt: skip
    return f"staff.rolegrant:{made.pk}"


def _revoke_facts(payload: Payload) -> list[Fact]:
    grant = _grant(payload)
    return [
        ("Person", _name(grant.staff)),
        ("Role", grant.role.name),
        ("For", reach_words(grant.brands, grant.jurisdictions)),
    ]


def _revoke_consequences(payload: Payload, now: datetime) -> list[Consequence]:
    grant = _grant(payload)
    rest = grants_standing(now=now).filter(staff_id=grant.staff_id).exclude(pk=grant.pk).select_related("role")
    words = ", ".join(row.role.name for row in rest.order_by("role__name")) or "none"
    return [Consequence("Roles", _held(grant.staff_id, now), words, words == "none")]


def _revoke_state(payload: Payload, now: datetime) -> State:
    grant = _grant(payload)
    return {"Grant": "revoked" if grant.revoked_at else "stands", "Roles": _held(grant.staff_id, now)}


def _revoke_execute(payload: Payload, run: Execution) -> str:
    grant = role_revoke(
        grant_id=int(str(payload["grant"])), actor=run.maker, reason=run.reason, now=run.now, approval=run.reference
    )
    return f"staff.rolegrant:{grant.pk}"


def _name(person: StaffUser) -> str:
    full = person.get_full_name()
    return f"{full} ({person.username})" if full else person.username
