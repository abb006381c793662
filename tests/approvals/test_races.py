"""Several people at once, on real connections: money moves once. Then the lock and the guard are taken away."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from compliance.approvals import registry
from compliance.approvals.enums import ApprovalState
from compliance.approvals.errors import ApprovalBusy, ApprovalEnded, ApprovalRefusal, DecidedBefore
from compliance.approvals.kinds.adjustment_effects import adjustment_state
from compliance.approvals.models import Approval
from compliance.approvals.registry import approval_kind_get
from compliance.approvals.services import decisions
from compliance.approvals.services.decisions import (
    approval_approve,
    approval_expire,
    approval_reject,
    approval_withdraw,
)
from compliance.approvals.types import Payload, State
from compliance.staff.models import StaffUser
from tests.approvals.conftest import FourEyes, actor
from tests.casino.play.together import together
from tests.factories import deposit_make

pytestmark = pytest.mark.django_db(transaction=True)
Owner = psycopg.Connection[Any]
Step = Callable[..., Approval]


@pytest.fixture
def four(transactional_db: None) -> FourEyes:
    return FourEyes()


def attempt(step: Step, approval: Approval, person: StaffUser, four: FourEyes) -> str:
    """What came of it: the state it left, or the code of the refusal."""
    try:
        return step(approval_id=approval.pk, reason="now", actor=actor(person), now=four.now).state
    except ApprovalRefusal as refusal:
        return refusal.code


def test_of_two_approvers_at_once_one_executes_and_one_comes_too_late(four: FourEyes) -> None:
    approval = four.propose("10")
    came = together([partial(attempt, approval_approve, approval, who, four) for who in (four.dora, four.erik)])
    assert sorted(came) == [ApprovalEnded.code, ApprovalState.EXECUTED]
    assert four.real() == Decimal(110)
    assert approval.decisions.count() == 1


def test_a_double_click_executes_once(four: FourEyes) -> None:
    approval = four.propose("10")
    came = together([partial(attempt, approval_approve, approval, four.dora, four)] * 3)
    assert sorted(came) == [ApprovalEnded.code, ApprovalEnded.code, ApprovalState.EXECUTED]
    assert four.real() == Decimal(110)


def test_two_approvers_of_a_high_worth_at_once_are_the_second_and_the_third_person(four: FourEyes) -> None:
    approval = four.propose("1500")
    came = together([partial(attempt, approval_approve, approval, who, four) for who in (four.dora, four.erik)])
    assert sorted(came) == [ApprovalState.APPROVED_ONCE, ApprovalState.EXECUTED]
    assert four.real() == Decimal(1600)


def test_a_double_click_is_not_a_third_person(four: FourEyes) -> None:
    approval = four.propose("1500")
    came = together([partial(attempt, approval_approve, approval, four.dora, four)] * 2)
    assert sorted(came) == sorted([ApprovalState.APPROVED_ONCE.value, DecidedBefore.code])
    assert four.real() == Decimal(100)


@pytest.mark.parametrize("other", [approval_withdraw, approval_reject])
def test_approve_against_its_opposite_has_one_outcome(four: FourEyes, other: Step) -> None:
    approval = four.propose("10")
    who = four.carol if other is approval_withdraw else four.erik
    works = [
        partial(attempt, approval_approve, approval, four.dora, four),
        partial(attempt, other, approval, who, four),
    ]
    came = together(works)
    state = Approval.objects.get(pk=approval.pk).state
    assert ApprovalEnded.code in came
    assert state in came
    assert four.real() == (Decimal(110) if state == ApprovalState.EXECUTED else Decimal(100))


def test_a_bet_or_deposit_at_the_same_moment_is_either_before_or_after(four: FourEyes) -> None:
    approval = four.propose("10")
    work: list[Callable[[], object]] = [
        partial(attempt, approval_approve, approval, four.dora, four), partial(deposit_make, four.alice, "1"),
    ]  # fmt: skip
    came = together(work)[0]
    expected = {ApprovalState.EXECUTED: Decimal(111), ApprovalState.REFUSED_STATE_CHANGED: Decimal(101)}
    assert four.real() == expected[ApprovalState(str(came))]


def test_expiry_against_approval_has_one_outcome(four: FourEyes) -> None:
    approval = four.propose("10")
    end = approval.expires_at
    works: list[Callable[[], object]] = [
        partial(attempt, approval_approve, approval, four.dora, four),
        partial(approval_expire, approval_id=approval.pk, actor="system:approvals", now=end),
    ]
    together(works)
    state = Approval.objects.get(pk=approval.pk).state
    assert four.real() == {"executed": Decimal(110), "expired": Decimal(100)}[state]


def test_waiting_too_long_for_the_row_is_told_and_nothing_is_decided(four: FourEyes, owner_connection: Owner) -> None:
    approval = four.propose("10")
    with owner_connection.transaction():
        owner_connection.execute("SELECT 1 FROM approvals_approval WHERE id = %s FOR UPDATE", [approval.pk])
        with pytest.raises(ApprovalBusy):
            four.approve(approval)
    assert four.approve(approval) == ApprovalState.EXECUTED


def unlocked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Approvals are read without any lock, slowly enough for two people to meet."""

    def slow_state(payload: Payload, now: datetime) -> State:
        found = adjustment_state(payload, now)
        time.sleep(0.4)
        return found

    kind = approval_kind_get("adjustment_credit")
    slow = replace(kind, state=slow_state, lock=lambda _payload: None)
    monkeypatch.setitem(registry._kinds, kind.code, slow)
    monkeypatch.setattr(decisions, "approval_lock", lambda approval_id: Approval.objects.get(pk=approval_id))


def both_approve(four: FourEyes) -> list[str]:
    """Dora and Erik at once; a refusal of the database is named by its guard."""

    def one(person: StaffUser) -> str:
        try:
            return attempt(approval_approve, approval, person, four)
        except DatabaseError as error:
            cause = error.__cause__
            return str(cause.diag.constraint_name) if isinstance(cause, psycopg.Error) else repr(error)

    approval = four.propose("10")
    return sorted(together([partial(one, four.dora), partial(one, four.erik)]))


def test_without_the_locks_the_guard_alone_still_lets_money_move_once(
    four: FourEyes, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlocked(monkeypatch)
    assert both_approve(four) == ["decided_while_open", "executed"]
    assert four.real() == Decimal(110)


@pytest.fixture
def no_guards(owner_connection: Owner) -> Iterator[None]:
    """Decisions and states without the triggers that watch them."""
    for step in ("DISABLE", "ENABLE"):
        owner_connection.execute(f"ALTER TABLE approvals_approvaldecision {step} TRIGGER maker_never_decides".encode())
        owner_connection.execute(f"ALTER TABLE approvals_approval {step} TRIGGER approval_state_moves_forward".encode())
        if step == "DISABLE":
            yield


def test_without_locks_and_guard_the_race_is_real_and_money_moves_twice(
    four: FourEyes, monkeypatch: pytest.MonkeyPatch, no_guards: None
) -> None:
    unlocked(monkeypatch)
    assert both_approve(four) == ["executed", "executed"]
    assert four.real() == Decimal(120)


def test_the_approvals_row_is_locked_before_anything_is_looked_up(four: FourEyes) -> None:
    approval = four.propose("10")
    with CaptureQueriesContext(connection) as queries:
        four.approve(approval)
    asked = [query["sql"] for query in queries if query["sql"].startswith("SELECT")]
    assert "approvals_approval" in asked[0]
    assert "FOR NO KEY UPDATE" in asked[0]
    wallet = next(number for number, sql in enumerate(asked) if "FOR NO KEY UPDATE" in sql and "wallet_account" in sql)
    balance = next(number for number, sql in enumerate(asked) if "balance" in sql and "FOR NO KEY" not in sql)
    assert wallet < balance, "the state is compared behind the wallet's lock"
