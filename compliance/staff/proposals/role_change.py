"""Changes of what a role may do as the four-eyes mechanism takes them (SEC-20)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Final

from django.conf import settings

from common.money import decimal_text
from compliance.approvals.registry import ApprovalKind, approval_kind_register
from compliance.approvals.types import ApprovalScope, Consequence, Execution, Fact, Payload, State
from compliance.staff.proposals.payloads import payload_list, payload_role
from compliance.staff.selectors.grants import grants_standing
from compliance.staff.services.role_changes import RoleTerms, check_terms, role_permissions_change, role_terms
from wallet.sealing.canonical import Json

CHANGE: Final = "role_change"


def change_payload(*, role_code: str, terms: RoleTerms) -> dict[str, Json]:
    """What a change of a role is proposed with. Raises what is wrong with the terms."""
    check_terms(role_code, terms)
    return {
        "role": role_code,
        "permissions": [*sorted(terms.permissions)],
        "adjustment_max": decimal_text(terms.adjustment_max),
        "allowed_networks": [*sorted(terms.allowed_networks)],
        "conflicts": [*sorted(terms.conflicts)],
    }


def change_kind_register() -> None:
    """Called once from the app's ready()."""
    approval_kind_register(
        ApprovalKind(
            code=CHANGE, title="Change of a role", facts=_change_facts, consequences=_change_consequences,
            state=_change_state, execute=_change_execute,
            scope=lambda payload: ApprovalScope(subject=f"staff.role:{payload_role(payload).pk}"),
            propose_permission="staff.propose_role_change", approve_permission="staff.approve_role_change",
        )
    )  # fmt: skip


def _terms(payload: Payload) -> RoleTerms:
    return RoleTerms(
        permissions=tuple(payload_list(payload, "permissions")),
        adjustment_max=Decimal(str(payload["adjustment_max"])),
        allowed_networks=tuple(payload_list(payload, "allowed_networks")),
        conflicts=tuple(payload_list(payload, "conflicts")),
    )


def _words_of(terms: RoleTerms) -> dict[str, str]:
    return {
        "Rights": ", ".join(sorted(terms.permissions)) or "none",
        "Adjustments up to": f"{decimal_text(terms.adjustment_max)} {settings.BASE_CURRENCY}",
        "Networks": ", ".join(sorted(terms.allowed_networks)) or "anywhere",
        "Conflicts": ", ".join(sorted(terms.conflicts)) or "none",
    }


def _change_facts(payload: Payload) -> list[Fact]:
    old, new = role_terms(payload_role(payload)), _terms(payload)
    more, fewer = sorted({*new.permissions} - {*old.permissions}), sorted({*old.permissions} - {*new.permissions})
    return [
        ("Role", payload_role(payload).name),
        ("Rights added", ", ".join(more) or "none"),
        ("Rights taken away", ", ".join(fewer) or "none"),
    ]


def _change_consequences(payload: Payload, now: datetime) -> list[Consequence]:
    role = payload_role(payload)
    old, new = _words_of(role_terms(role)), _words_of(_terms(payload))
    holders = grants_standing(now=now).filter(role=role).values("staff_id").distinct().count()
    lines = [Consequence("People who hold it", f"{holders}", f"{holders} with the new rights at their next request")]
    count = (len(role_terms(role).permissions), len(_terms(payload).permissions))
    lines.append(Consequence("Number of rights", f"{count[0]}", f"{count[1]}", count[1] > count[0]))
    return lines + [
        Consequence(name, old[name], new[name]) for name in new if name != "Rights" and old[name] != new[name]
    ]


def _change_state(payload: Payload, _now: datetime) -> State:
    return _words_of(role_terms(payload_role(payload)))


def _change_execute(payload: Payload, run: Execution) -> str:
    role = role_permissions_change(
        role_code=str(payload["role"]), terms=_terms(payload), actor=run.maker, reason=run.reason, now=run.now,
        approval=run.reference,
    )  # fmt: skip
    return f"staff.role:{role.pk}"
