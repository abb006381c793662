"""People: each step by its own right, two of them above the threshold, and what a rule binds nobody overrules."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from casino.withdrawals.approval_kinds import APPROVE, RULE, approve_payload, rule_payload
from casino.withdrawals.enums import WithdrawalState as W
from casino.withdrawals.errors import (
    ChecksAgainst,
    ReasonMissing,
    ReversalForbidden,
    RuleRefused,
    StepNotAllowed,
    StepRefused,
    TooLateToCancel,
    TwoPeopleNeeded,
    WithdrawalNotFound,
)
from casino.withdrawals.models import Rule, Withdrawal
from casino.withdrawals.services.endings import (
    withdrawal_cancel,
    withdrawal_expire,
    withdrawal_reject,
)
from casino.withdrawals.services.review import withdrawal_approve, withdrawal_documents_came, withdrawal_move
from compliance.approvals.errors import MakerDecides
from compliance.approvals.services.decisions import approval_approve
from compliance.approvals.services.proposals import approval_propose
from compliance.gate.enums import FlagKind
from compliance.gate.services.flags import flag_place
from compliance.kyc.enums import Level
from compliance.kyc.models import KycState
from players.models import Player
from tests.factories import NOON, player_make
from tests.withdrawals.scene import LATER, actor, asked, by_hand, money, rule_make, staff, taken

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(alice: Player) -> Withdrawal:
    by_hand()
    return asked(alice)


def move(row: Withdrawal, to: W, role: str) -> Withdrawal:
    return withdrawal_move(withdrawal_id=row.pk, to=to, reason="because", actor=actor(staff(role)), now=LATER)


def test_it_is_taken_frozen_put_back_and_rejected_each_by_its_right(waiting: Withdrawal, alice: Player) -> None:
    assert move(waiting, W.IN_PROCESS, "payments").taken_by.startswith("staff:")
    assert move(waiting, W.FROZEN, "risk").state == "frozen"
    assert move(waiting, W.REVIEW, "mlro").state == "review"
    assert move(waiting, W.KYC, "kyc").state == "kyc"
    withdrawal_reject(withdrawal_id=waiting.pk, reason="not yours", actor=actor(staff("payments")), now=LATER)
    assert money(alice) == {"real": Decimal(150)}
    told = list(waiting.steps.order_by("pk").values_list("after", flat=True))
    assert told == ["requested", "checked", "review", "in_process", "frozen", "review", "kyc", "rejected"]


@pytest.mark.parametrize(("to", "role"), [(W.IN_PROCESS, "risk"), (W.FROZEN, "payments"), (W.KYC, "finance")])
def test_without_the_right_nobody_moves_it(waiting: Withdrawal, to: W, role: str) -> None:
    with pytest.raises(StepNotAllowed):
        move(waiting, to, role)


def test_a_step_needs_words_and_a_state_that_leads_there(waiting: Withdrawal) -> None:
    carol = staff("payments")
    with pytest.raises(ReasonMissing):
        withdrawal_move(withdrawal_id=waiting.pk, to=W.IN_PROCESS, reason=" ", actor=actor(carol), now=LATER)
    with pytest.raises(StepRefused):
        withdrawal_approve(withdrawal_id=waiting.pk, reason="x", actor=actor(carol), now=LATER)


def test_below_the_threshold_one_person_approves(waiting: Withdrawal) -> None:
    carol = staff("payments")
    taken(waiting, carol)
    done = withdrawal_approve(withdrawal_id=waiting.pk, reason="seen", actor=actor(carol), now=LATER)
    assert (done.state, done.auto_approved) == ("approved", False)
    assert len(done.steps.get(after="approved").checks) == 13


def test_above_it_two_people_do_and_never_one_with_two_accounts(alice: Player) -> None:
    rule_make(auto_amount=Decimal(0), four_eyes_from=Decimal(40))
    waiting = asked(alice)
    carol, twin, dora = staff("payments", person="P-1"), staff("finance", person="P-1"), staff("finance")
    taken(waiting, carol)
    with pytest.raises(TwoPeopleNeeded):
        withdrawal_approve(withdrawal_id=waiting.pk, reason="x", actor=actor(carol), now=LATER)
    proposal = approval_propose(
        kind=APPROVE, payload=approve_payload(asked=waiting), reason="seen", actor=actor(carol), now=LATER
    )
    with pytest.raises(MakerDecides):
        approval_approve(approval_id=proposal.pk, reason="x", actor=actor(twin), now=LATER)
    done = approval_approve(approval_id=proposal.pk, reason="seen too", actor=actor(dora), now=LATER)
    waiting.refresh_from_db()
    assert (done.state, waiting.state, done.result) == ("executed", "approved", f"withdrawals.withdrawal:{waiting.pk}")


def test_what_changed_since_the_proposal_refuses_it(alice: Player) -> None:
    rule_make(auto_amount=Decimal(0), four_eyes_from=Decimal(40))
    waiting = asked(alice)
    carol, dora = staff("payments"), staff("finance")
    taken(waiting, carol)
    proposal = approval_propose(
        kind=APPROVE, payload=approve_payload(asked=waiting), reason="seen", actor=actor(carol), now=LATER
    )
    flag_place(
        player_id=alice.pk, kind=FlagKind.RISK_CHARGEBACK, reason="just now", ends_at=None, actor="staff:9", now=LATER
    )
    done = approval_approve(approval_id=proposal.pk, reason="seen", actor=actor(dora), now=LATER)
    waiting.refresh_from_db()
    assert (done.state, waiting.state) == ("refused_state_changed", "in_process")


def test_a_rule_that_binds_is_not_overruled(waiting: Withdrawal, alice: Player) -> None:
    carol = staff("payments")
    taken(waiting, carol)
    flag_place(
        player_id=alice.pk, kind=FlagKind.RISK_CHARGEBACK, reason="just now", ends_at=None, actor="staff:9", now=LATER
    )
    with pytest.raises(ChecksAgainst):
        withdrawal_approve(withdrawal_id=waiting.pk, reason="x", actor=actor(carol), now=LATER)


def test_the_player_takes_it_back_until_somebody_works_on_it(waiting: Withdrawal, alice: Player) -> None:
    with pytest.raises(WithdrawalNotFound):
        withdrawal_cancel(player_id=player_make("Bob").pk, withdrawal_id=waiting.pk, actor="player:0", now=LATER)
    taken(waiting, staff("payments"))
    with pytest.raises(TooLateToCancel):
        withdrawal_cancel(player_id=alice.pk, withdrawal_id=waiting.pk, actor="player:1", now=LATER)
    move(waiting, W.REVIEW, "payments")
    done = withdrawal_cancel(player_id=alice.pk, withdrawal_id=waiting.pk, actor="player:1", now=LATER)
    assert (done.state, money(alice)) == ("cancelled", {"real": Decimal(150)})


@pytest.mark.parametrize("jurisdiction", ["GB", "SE"])
def test_where_the_law_forbids_it_nothing_is_taken_back(waiting: Withdrawal, alice: Player, jurisdiction: str) -> None:
    alice.jurisdiction = jurisdiction
    alice.save(update_fields=["jurisdiction"])
    with pytest.raises(ReversalForbidden):
        withdrawal_cancel(player_id=alice.pk, withdrawal_id=waiting.pk, actor="player:1", now=LATER)


def test_an_excluded_player_takes_nothing_back(waiting: Withdrawal, alice: Player) -> None:
    from compliance.exclusions.enums import ExclusionKind
    from compliance.exclusions.services.exclusions import exclusion_place

    exclusion_place(
        player_id=alice.pk, kind=ExclusionKind.SELF_EXCLUSION, length="P6M", actor=f"player:{alice.pk}", now=LATER
    )
    with pytest.raises(ReversalForbidden):
        withdrawal_cancel(player_id=alice.pk, withdrawal_id=waiting.pk, actor="player:1", now=LATER)


def test_documents_that_come_let_it_go_on_and_those_that_do_not_let_it_expire(alice: Player) -> None:
    rule_make(kyc_level=2, kyc_wait_days=30)
    first, second = asked(alice), asked(alice, "20")
    assert not withdrawal_documents_came(withdrawal_id=first.pk, actor="system:w", now=LATER)
    assert not withdrawal_expire(withdrawal_id=second.pk, actor="system:w", now=LATER)
    assert withdrawal_expire(withdrawal_id=second.pk, actor="system:w", now=LATER + timedelta(days=30))
    KycState.objects.filter(player=alice).update(level=Level.ADDRESS)
    assert withdrawal_documents_came(withdrawal_id=first.pk, actor="system:w", now=LATER)
    assert {row.state for row in Withdrawal.objects.all()} == {"review", "expired"}
    assert money(alice) == {"real": Decimal(110), "hold": Decimal(40)}


def test_numbers_are_changed_by_two_people_and_hold_from_then_on() -> None:
    row = Rule.objects.get()
    numbers = {f.name: getattr(row, f.name) for f in Rule._meta.fields} | {"auto_amount": "750"}
    payload = rule_payload(jurisdiction="*", effective_from=LATER, source="board", numbers=numbers)
    proposal = approval_propose(kind=RULE, payload=payload, reason="more", actor=actor(staff("payments")), now=NOON)
    approval_approve(approval_id=proposal.pk, reason="fine", actor=actor(staff("finance")), now=NOON)
    made = Rule.objects.latest("pk")
    assert (made.auto_amount, made.effective_from, made.approval_id) == (Decimal(750), LATER, proposal.pk)
    with pytest.raises(RuleRefused):
        rule_payload(jurisdiction="*", effective_from=LATER, source="", numbers=numbers)
