"""Taking a colleague's second factor away needs two others: whoever could alone could sign in as anybody (SEC-20)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from compliance.approvals.registry import ApprovalKind, approval_kind_register
from compliance.approvals.types import ApprovalScope, Consequence, Execution, Fact, Payload
from compliance.signin.errors import OwnFactorReset
from compliance.signin.services.factors import factor_reset, factors_of
from compliance.staff.models import StaffUser

FACTOR_RESET: Final = "factor_reset"
WORDS: Final = {"totp": "authenticator app", "webauthn": "passkey", "recovery_codes": "recovery codes"}


def factor_reset_payload(*, person: StaffUser) -> dict[str, str | int]:
    """What a reset is proposed with."""
    return {"staff": person.pk, "username": person.username}


def factor_kind_register() -> None:
    """Called once from the app's ready()."""
    approval_kind_register(
        ApprovalKind(
            code=FACTOR_RESET,
            title="Reset of a second factor",
            propose_permission="staff.propose_factor_reset",
            approve_permission="staff.approve_factor_reset",
            facts=_facts,
            consequences=_consequences,
            state=_state,
            execute=_execute,
            scope=lambda payload: ApprovalScope(subject=f"staff.staffuser:{_person(payload).pk}"),
            lock=_lock,
            may_propose=_not_the_own,
        )
    )


def _person(payload: Payload) -> StaffUser:
    return StaffUser.objects.get(pk=int(str(payload["staff"])))


def _lock(payload: Payload) -> None:
    StaffUser.objects.select_for_update(no_key=True).get(pk=int(str(payload["staff"])))


def _not_the_own(payload: Payload, maker_id: int, _now: datetime) -> None:
    person, maker = _person(payload), StaffUser.objects.get(pk=maker_id)
    if person.pk == maker.pk or (maker.personnel_number and person.personnel_number == maker.personnel_number):
        raise OwnFactorReset


def _factors(person: StaffUser) -> str:
    return ", ".join(WORDS.get(kind, kind) for kind in factors_of(staff_id=person.pk)) or "none"


def _facts(payload: Payload) -> list[Fact]:
    person = _person(payload)
    return [("Person", person.get_full_name() or person.username), ("User name", person.username)]


def _consequences(payload: Payload, _now: datetime) -> list[Consequence]:
    return [
        Consequence("Second factors", _factors(_person(payload)), "none: the next sign-in sets one up", alarm=True),
        Consequence("Sessions", "as they run", "all end"),
    ]


def _state(payload: Payload, _now: datetime) -> dict[str, str]:
    person = _person(payload)
    return {"Person": "active" if person.is_active else "switched off", "Second factors": _factors(person)}


def _execute(payload: Payload, run: Execution) -> str:
    return factor_reset(
        staff_id=_person(payload).pk, actor=run.maker, reason=run.reason, now=run.now, approval=run.reference
    )
