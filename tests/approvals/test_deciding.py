"""Maker and checker: what it takes that something is done, and everything that stops it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from compliance.approvals.enums import ApprovalState, Verdict
from compliance.approvals.errors import (
    ApprovalEnded,
    ApprovalExpired,
    DecidedBefore,
    KindUnknown,
    MakerDecides,
    NotAllowed,
    OnlyTheMaker,
    PersonUnknown,
    PreviewStale,
    ReasonMissing,
)
from compliance.approvals.fingerprint import payload_read, payload_text, sha256_text
from compliance.approvals.models import Approval
from compliance.approvals.selectors.queue import approvals_overdue
from compliance.approvals.services.decisions import (
    approval_approve,
    approval_expire,
    approval_reject,
    approval_withdraw,
)
from compliance.approvals.services.proposals import approval_propose, proposal_preview
from compliance.approvals.tasks import expire_approvals
from compliance.staff.models import StaffUser
from tests.approvals.conftest import FourEyes, actor
from tests.staff import also_has_role, somebody_without_a_role, staff_member


def test_nothing_moves_until_another_person_approves(four: FourEyes) -> None:
    approval = four.propose("25.50")
    assert four.real() == Decimal(100)
    assert (approval.state, approval.approvals_needed) == ("proposed", 1)
    assert four.approve(approval) == ApprovalState.EXECUTED
    assert four.real() == Decimal("125.50")
    done = Approval.objects.get(pk=approval.pk)
    assert done.result.startswith("wallet.transaction:")
    assert done.ended_at == four.now + timedelta(minutes=5)
    decision = done.decisions.get()
    assert (decision.staff_id, decision.verdict, decision.roles) == (four.dora.pk, Verdict.APPROVE, "finance")
    assert decision.reason == "checked with the provider"


def test_the_payload_is_canonical_hashed_and_read_back_the_same(four: FourEyes) -> None:
    approval = four.propose("25.50")
    assert payload_text(payload_read(approval.payload)) == approval.payload
    assert sha256_text(approval.payload) == approval.payload_sha256
    assert payload_read(approval.payload)["amount"] == "25.5"
    assert (approval.maker_person, approval.maker_roles) == (four.carol.personnel_number, "payments")
    assert (approval.brand_id, approval.jurisdiction, approval.player_id) == (four.alice.brand_id, "MT", four.alice.pk)


def test_the_maker_never_decides_not_even_with_the_checkers_role(four: FourEyes) -> None:
    approval = four.propose()
    also_has_role(four.carol, "finance")
    for decide in (approval_approve, approval_reject):
        with pytest.raises(MakerDecides):
            decide(approval_id=approval.pk, reason="mine", actor=actor(four.carol), now=four.now)
    assert four.real() == Decimal(100)


def test_a_second_account_of_the_same_person_is_the_same_person(four: FourEyes) -> None:
    approval = four.propose()
    second = staff_member("finance", username="carol-too", personnel_number=four.carol.personnel_number)
    for decide in (approval_approve, approval_reject):
        with pytest.raises(MakerDecides):
            decide(approval_id=approval.pk, reason="not me", actor=actor(second), now=four.now)
    done = approval_withdraw(approval_id=approval.pk, reason="wrong player", actor=actor(four.carol), now=four.now)
    assert done.state == ApprovalState.WITHDRAWN


def test_an_account_without_a_personnel_number_neither_proposes_nor_decides(four: FourEyes) -> None:
    approval = four.propose()
    nameless = StaffUser.objects.create_user("temp", "", "a long enough password 2", is_staff=True)
    also_has_role(nameless, "finance")
    also_has_role(nameless, "payments")
    with pytest.raises(PersonUnknown):
        approval_approve(approval_id=approval.pk, reason="ok", actor=actor(nameless), now=four.now)
    with pytest.raises(PersonUnknown):
        four.propose(maker=nameless)


def test_high_worth_needs_a_third_person_who_is_neither_of_the_two(four: FourEyes) -> None:
    approval = four.propose("1000")
    assert approval.approvals_needed == 2
    assert four.approve(approval) == ApprovalState.APPROVED_ONCE
    assert four.real() == Decimal(100)
    again = staff_member("finance", username="dora-too", personnel_number=four.dora.personnel_number)
    for same in (four.dora, again):
        with pytest.raises(DecidedBefore):
            four.approve(approval, same)
    with pytest.raises(NotAllowed):
        four.approve(approval, staff_member("support"))
    assert four.approve(approval, four.erik) == ApprovalState.EXECUTED
    assert four.real() == Decimal(1100)


def test_just_below_the_threshold_two_people_are_enough(four: FourEyes) -> None:
    assert four.propose("999.99").approvals_needed == 1


def test_the_third_person_may_also_reject(four: FourEyes) -> None:
    approval = four.propose("1000")
    four.approve(approval)
    done = approval_reject(approval_id=approval.pk, reason="no such round", actor=actor(four.erik), now=four.now)
    assert done.state == ApprovalState.REJECTED
    assert four.real() == Decimal(100)


def test_a_rejected_proposal_is_over(four: FourEyes) -> None:
    approval = four.propose()
    done = approval_reject(approval_id=approval.pk, reason="no proof", actor=actor(four.dora), now=four.now)
    assert (done.state, done.result) == (ApprovalState.REJECTED, "")
    for who in (four.dora, four.erik):
        with pytest.raises(ApprovalEnded):
            four.approve(approval, who)
    with pytest.raises(ApprovalEnded):
        approval_withdraw(approval_id=approval.pk, reason="too late", actor=actor(four.carol), now=four.now)
    assert four.real() == Decimal(100)


def test_only_its_maker_withdraws(four: FourEyes) -> None:
    approval = four.propose()
    also_has_role(four.dora, "payments")
    with pytest.raises(OnlyTheMaker):
        approval_withdraw(approval_id=approval.pk, reason="x", actor=actor(four.dora), now=four.now)
    done = approval_withdraw(approval_id=approval.pk, reason="wrong amount", actor=actor(four.carol), now=four.now)
    assert done.state == ApprovalState.WITHDRAWN


@pytest.mark.parametrize("role", ["support", "payments", "marketing", "auditor", "games", "mlro"])
def test_nobody_approves_without_the_right(four: FourEyes, role: str) -> None:
    approval = four.propose()
    with pytest.raises(NotAllowed):
        four.approve(approval, staff_member(role))
    with pytest.raises(NotAllowed):
        four.approve(approval, somebody_without_a_role())


@pytest.mark.parametrize("actor_text", ["staff:0", "staff:", "staff:carol", "system:x", "7", "staff:١", "provider:1"])
def test_whoever_is_no_staff_decides_nothing(four: FourEyes, actor_text: str) -> None:
    approval = four.propose()
    with pytest.raises(NotAllowed):
        approval_approve(approval_id=approval.pk, reason="ok", actor=actor_text, now=four.now)


def test_somebody_switched_off_decides_nothing(four: FourEyes) -> None:
    approval = four.propose()
    StaffUser.objects.filter(pk=four.dora.pk).update(is_active=False)
    with pytest.raises(NotAllowed):
        four.approve(approval)


def test_a_checker_of_another_brand_or_jurisdiction_decides_nothing(four: FourEyes) -> None:
    approval = four.propose()
    for stranger in (
        staff_member("finance", brands=[four.elsewhere]),
        staff_member("finance", jurisdictions=["GB"]),
    ):
        with pytest.raises(NotAllowed):
            four.approve(approval, stranger)
    near = staff_member("finance", brands=[four.alice.brand_id], jurisdictions=["MT", "GB"])
    assert four.approve(approval, near) == ApprovalState.EXECUTED


def test_a_changed_state_refuses_says_what_changed_and_keeps_that(four: FourEyes) -> None:
    approval = four.propose()
    four.deposit("7")
    assert four.approve(approval) == ApprovalState.REFUSED_STATE_CHANGED
    assert four.real() == Decimal(107)
    refusal = Approval.objects.get(pk=approval.pk).decisions.get()
    assert refusal.verdict == Verdict.REFUSE
    assert refusal.reason == "Real money: 100.00 EUR, now 107.00 EUR"
    with pytest.raises(ApprovalEnded):
        four.approve(approval, four.erik)
    assert four.approve(four.propose()) == ApprovalState.EXECUTED, "proposed anew it is computed anew"


def test_a_state_that_changed_between_first_and_second_approval_refuses_too(four: FourEyes) -> None:
    approval = four.propose("1000")
    assert four.approve(approval) == ApprovalState.APPROVED_ONCE
    four.deposit("7")
    assert four.approve(approval, four.erik) == ApprovalState.REFUSED_STATE_CHANGED


def test_a_proposal_expires_after_its_day(four: FourEyes) -> None:
    approval = four.propose()
    assert approval.expires_at == four.now + timedelta(hours=24)
    last = four.now + timedelta(hours=24)
    with pytest.raises(ApprovalExpired):
        four.approve(approval, now=last)
    assert approvals_overdue(now=last - timedelta(microseconds=1)) == []
    assert not approval_expire(approval_id=approval.pk, actor="system:approvals", now=last - timedelta(seconds=1))
    assert approvals_overdue(now=last) == [approval.pk]
    assert approval_expire(approval_id=approval.pk, actor="system:approvals", now=last)
    assert not approval_expire(approval_id=approval.pk, actor="system:approvals", now=last), "a second run does nothing"
    assert Approval.objects.get(pk=approval.pk).state == ApprovalState.EXPIRED
    with pytest.raises(ApprovalEnded):
        four.approve(approval, now=last)


def test_a_last_moment_approval_counts(four: FourEyes) -> None:
    approval = four.propose()
    assert four.approve(approval, now=approval.expires_at - timedelta(microseconds=1)) == ApprovalState.EXECUTED


def test_the_scheduled_task_expires_what_is_over_and_nothing_else(four: FourEyes) -> None:
    old = four.propose(now=four.now - timedelta(hours=25), maker=_of_yesterday(four))
    young = four.propose()
    expire_approvals()
    states = dict(Approval.objects.values_list("pk", "state"))
    assert states == {old.pk: "expired", young.pk: "proposed"}


def _of_yesterday(four: FourEyes) -> StaffUser:
    """Carol's grant began with the test; yesterday it is somebody whose grant began before."""
    from compliance.staff.services.role_grants import role_grant

    person = StaffUser.objects.create_user("frida", "", "a long enough password 3", personnel_number="P-9")
    role_grant(
        staff_id=person.pk, role_code="payments", actor="system:tests", reason="x", now=four.now - timedelta(days=3)
    )
    return person


def test_reasons_are_mandatory(four: FourEyes) -> None:
    approval = four.propose()
    for decide in (approval_approve, approval_reject, approval_withdraw):
        with pytest.raises(ReasonMissing):
            decide(approval_id=approval.pk, reason="  ", actor=actor(four.dora), now=four.now)
    with pytest.raises(ReasonMissing):
        approval_propose(
            kind=approval.kind, payload=payload_read(approval.payload), reason="", actor=actor(four.carol), now=four.now
        )


def test_an_unknown_kind_is_not_proposed(four: FourEyes) -> None:
    with pytest.raises(KindUnknown):
        approval_propose(kind="free_money", payload={}, reason="x", actor=actor(four.carol), now=four.now)


def test_what_was_shown_is_what_is_proposed_or_nothing(four: FourEyes) -> None:
    approval = four.propose()
    payload = payload_read(approval.payload)
    shown = proposal_preview(kind=approval.kind, payload=payload, actor=actor(four.carol), now=four.now)
    four.deposit("1")
    with pytest.raises(PreviewStale):
        approval_propose(
            kind=approval.kind, payload=payload, reason="x", actor=actor(four.carol), now=four.now, seen=shown.seen
        )
