"""What may be proposed. The app that carries a kind out registers it in its AppConfig.ready()."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from compliance.approvals.errors import KindUnknown
from compliance.approvals.types import ApprovalScope, Consequence, Execution, Fact, Payload, State

DAY: Final = timedelta(hours=24)


def _nothing_to_lock(_payload: Payload) -> None:
    """For kinds whose `execute` locks what it reads, and whose state nobody changes in the meantime."""


def _anybody_with_the_right(_payload: Payload, _maker_id: int, _now: datetime) -> None:
    """For kinds without a maximum of their own."""


def _no_limits(_payload: Payload, _maker_id: int, _now: datetime) -> list[Consequence]:
    """For kinds whose payload has no size."""
    return []


def _never(_payload: Payload, _now: datetime) -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalKind:
    """One sort of action that two people take together.

    `facts` words the payload for the approver; `consequences` and `state` are computed when it is proposed and, for
    the state, again under `lock` before it is executed: a difference refuses it. `execute` runs in the transaction of
    the final decision, takes nothing but the payload, and returns what it made, such as "wallet.transaction:0198…".
    `may_propose` raises a Refusal when the maker may propose this sort of thing but not this much; it is asked again
    before it is executed. `limits` tells, with the consequences, which limits it touches and how far.
    `reasons` is the closed list of reason codes; where it is not empty, payload["reason_code"] is one of them.
    """

    code: str
    title: str
    propose_permission: str
    approve_permission: str
    facts: Callable[[Payload], list[Fact]]
    consequences: Callable[[Payload, datetime], list[Consequence]]
    state: Callable[[Payload, datetime], State]
    execute: Callable[[Payload, Execution], str]
    scope: Callable[[Payload], ApprovalScope]
    lock: Callable[[Payload], None] = _nothing_to_lock
    may_propose: Callable[[Payload, int, datetime], None] = _anybody_with_the_right
    limits: Callable[[Payload, int, datetime], list[Consequence]] = _no_limits
    third_person: Callable[[Payload, datetime], bool] = _never
    reasons: Mapping[str, str] = field(default_factory=dict)
    life: timedelta = DAY
    # From this worth in the base currency on a third person is needed, until a dated rule says otherwise.
    third_person_from: Decimal | None = None


_kinds: Final[dict[str, ApprovalKind]] = {}


def approval_kind_register(kind: ApprovalKind) -> None:
    """Make the kind proposable. The same code twice is a programming error."""
    if kind.code in _kinds:
        raise ValueError(f"the kind of approval {kind.code!r} is taken")
    _kinds[kind.code] = kind


def approval_kind_get(code: str) -> ApprovalKind:
    """The kind of a code. Raises KindUnknown."""
    if code not in _kinds:
        raise KindUnknown(kind=code)
    return _kinds[code]


def approval_kinds() -> list[ApprovalKind]:
    """All kinds, in the order in which their apps registered them."""
    return list(_kinds.values())
