"""Reversals by approval: what may be taken back, what it shows, and that it is booked as shown."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from compliance.approvals.enums import ApprovalState
from compliance.approvals.errors import NotAllowed
from compliance.approvals.kinds.reversal import reversal_payload
from compliance.approvals.models import Approval
from compliance.approvals.services.proposals import approval_propose
from tests.approvals.conftest import FourEyes, actor
from tests.casino.play.table import table_make
from tests.factories import deposit_make, game_make, jackpot_make, provider_make
from tests.staff import staff_member
from tests.wallet.verification.quiet import everything_verified
from wallet.errors import AlreadyReversed, NotReversible, TransactionUnknown
from wallet.models import Transaction


def deposit_of(four: FourEyes) -> UUID:
    return Transaction.objects.get(kind="deposit", player=four.alice).pk


def propose(four: FourEyes, transaction_id: UUID) -> Approval:
    return approval_propose(
        kind="reversal", payload=reversal_payload(transaction_id=transaction_id), reason="booked twice",
        actor=actor(four.carol), now=four.now,
    )  # fmt: skip


def test_a_deposit_is_taken_back_as_shown(four: FourEyes) -> None:
    original = deposit_of(four)
    approval = propose(four, original)
    shown = [(line["name"], line["before"], line["after"]) for line in approval.consequences]
    assert shown == [
        ("Player: real money", "100.00 EUR", "0.00 EUR"),
        ("House: payment clearing · bank", "–", "moves 100.00 EUR"),
    ]
    assert four.approve(approval) == ApprovalState.EXECUTED
    assert four.real() == Decimal(0)
    undone = Transaction.objects.get(original_id=original)
    assert Approval.objects.get(pk=approval.pk).result == f"wallet.transaction:{undone.pk}"
    assert (undone.actor, undone.reference) == (actor(four.carol), f"approval:{approval.pk} booked twice")
    everything_verified()


def test_what_the_player_can_not_give_back_is_shown_as_owed_and_becomes_owed(four: FourEyes) -> None:
    original = deposit_of(four)
    four.approve(four.propose("70", direction="debit"))
    approval = propose(four, original)
    owed = [line for line in approval.consequences if line["name"] == "Player: receivable"]
    assert [(line["before"], line["after"], line["alarm"]) for line in owed] == [("0.00 EUR", "−70.00 EUR", True)]
    four.approve(approval)
    assert (four.real(), four.owed()) == (Decimal(0), Decimal(70))
    everything_verified()


def test_a_transaction_is_taken_back_once(four: FourEyes) -> None:
    original = deposit_of(four)
    first, second = propose(four, original), propose(four, original)
    assert four.approve(first) == ApprovalState.EXECUTED
    assert four.approve(second) == ApprovalState.REFUSED_STATE_CHANGED
    assert "Taken back: no, now by " in Approval.objects.get(pk=second.pk).decisions.get().reason
    with pytest.raises(AlreadyReversed):
        propose(four, original)


def test_money_that_moved_meanwhile_refuses_the_reversal(four: FourEyes) -> None:
    approval = propose(four, deposit_of(four))
    deposit_make(four.alice, "5")
    assert four.approve(approval) == ApprovalState.REFUSED_STATE_CHANGED
    assert four.real() == Decimal(105)


def test_an_adjustment_is_taken_back_by_another_approval(four: FourEyes) -> None:
    wrong = four.propose("25")
    four.approve(wrong)
    booked = UUID(Approval.objects.get(pk=wrong.pk).result.partition(":")[2])
    four.approve(propose(four, booked))
    assert four.real() == Decimal(100)
    everything_verified()


def test_play_is_not_taken_back_here(four: FourEyes) -> None:
    table = table_make("50")
    table.bet("5")
    bet = Transaction.objects.get(kind="bet")
    with pytest.raises(NotReversible):
        propose(four, bet.pk)
    with pytest.raises(TransactionUnknown):
        propose(four, uuid4())


def test_a_transaction_of_the_house_is_only_for_people_without_limits(four: FourEyes) -> None:
    jackpot_make(game_make(provider_make()))
    seed = Transaction.objects.get(kind="jackpot_seed").pk
    with pytest.raises(NotAllowed):
        approval_propose(
            kind="reversal", payload=reversal_payload(transaction_id=seed), reason="x", now=four.now,
            actor=actor(staff_member("payments", brands=[four.alice.brand_id])),
        )  # fmt: skip
    approval = propose(four, seed)
    assert (approval.brand_id, approval.player_id, approval.approvals_needed) == (None, None, 2)
    with pytest.raises(NotAllowed):
        four.approve(approval, staff_member("finance", jurisdictions=["MT"]))
    four.approve(approval)
    assert four.approve(approval, four.erik) == ApprovalState.EXECUTED
    everything_verified()
