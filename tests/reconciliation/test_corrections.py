"""A break is put right by two people, once, by the services that the provider's own call would have used."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection

from casino.play.models import Leg, Round
from casino.reconciliation.approval_kinds import CODE, correction_payload
from casino.reconciliation.enums import BreakState, Way
from casino.reconciliation.errors import AboveTolerance, BreakMovedOn, NothingToCorrect
from casino.reconciliation.models import Break, BreakStep, Correction
from casino.reconciliation.services.breaks import break_ask, break_close, break_explain, break_reopen, break_write_off
from casino.reconciliation.services.rounds import rounds_work_off
from casino.reconciliation.states import BREAKS
from common.clock import utc_now
from compliance.approvals.enums import ApprovalState
from compliance.approvals.models import Approval
from compliance.approvals.services.decisions import approval_approve
from compliance.approvals.services.proposals import approval_propose
from tests.factories import CAROL, rate_make
from tests.reconciliation.scene import Row, Scene
from tests.staff import staff_member
from wallet.models import Account, Transaction


def real(scene: Scene) -> Decimal:
    """Alice's real money."""
    balance = Account.objects.get(player=scene.alice, kind="player_real").balance
    assert balance is not None
    return balance


def corrected(row: Break) -> tuple[Approval, ApprovalState]:
    """Proposed by payments, approved by finance."""
    maker, checker = staff_member("payments"), staff_member("finance")
    approval = approval_propose(
        kind=CODE, payload=correction_payload(row=row), reason="The provider is right.", actor=f"staff:{maker.pk}",
        now=utc_now(),
    )  # fmt: skip
    decided = approval_approve(
        approval_id=approval.pk, reason="Checked.", actor=f"staff:{checker.pk}", now=utc_now() + timedelta(seconds=5)
    )
    return decided, ApprovalState(decided.state)


def test_a_win_that_never_came_is_paid_under_the_providers_own_id(scene: Scene) -> None:
    scene.bet("b1", "10")
    scene.lines.append(Row("win", "w-lost", "7", at=scene.now))
    scene.statement()

    approval, state = corrected(scene.breaks()["w-lost"])

    assert state == ApprovalState.EXECUTED
    assert real(scene) == 97
    leg = scene.leg("w-lost")
    assert (leg.real, leg.round_id) == (Decimal(7), scene.leg("b1").round_id)
    assert Round.objects.get().won == 7
    booked = Transaction.objects.get(pk=leg.pk)
    assert booked.actor == f"staff:{approval.maker_id}"
    row = scene.breaks()["w-lost"]
    assert (row.state, row.correction.transaction) == (BreakState.CORRECTED, leg.pk)

    answer = scene.win("w-lost", "7", told=False)  # the provider's own call arrives after all

    assert answer.replayed
    assert real(scene) == 97


def test_a_win_for_a_closed_round_is_paid_all_the_same(scene: Scene) -> None:
    scene.bet("b1", "10", closed=True)
    scene.lines.append(Row("win", "w-lost", "7", at=scene.now))
    scene.statement()

    corrected(scene.breaks()["w-lost"])

    assert real(scene) == 97


def test_a_stake_that_the_provider_does_not_know_goes_back(scene: Scene) -> None:
    scene.bet("b1", "10", told=False)
    scene.statement()

    corrected(scene.breaks()["b1"])

    assert real(scene) == 100
    assert scene.leg("b1").reversed_by_id == Correction.objects.get().transaction
    assert Correction.objects.get().way == Way.ROLL_BACK


def test_the_rest_of_a_win_is_paid_and_a_stake_too_high_given_back(scene: Scene) -> None:
    scene.bet("b1", "10")
    scene.win("w1", "5")
    scene.told("w1", amount="8")
    scene.told("b1", amount="9")
    scene.statement()

    corrected(scene.breaks()["w1"])
    corrected(scene.breaks()["b1"])

    assert real(scene) == 100 - 10 + 5 + 3 + 1
    assert Round.objects.get().won == 8


def test_a_break_is_corrected_once(scene: Scene) -> None:
    scene.bet("b1", "10", told=False)
    scene.statement()
    row = scene.breaks()["b1"]
    corrected(row)

    with pytest.raises(BreakMovedOn):
        correction_payload(row=scene.breaks()["b1"])

    assert Correction.objects.count() == 1


def test_what_came_by_itself_meanwhile_is_not_paid_again(scene: Scene) -> None:
    scene.bet("b1", "10")
    scene.lines.append(Row("win", "w-lost", "7", at=scene.now))
    scene.statement()
    maker, checker = staff_member("payments"), staff_member("finance")
    approval = approval_propose(
        kind=CODE, payload=correction_payload(row=scene.breaks()["w-lost"]), reason="Late.",
        actor=f"staff:{maker.pk}", now=utc_now(),
    )  # fmt: skip
    scene.win("w-lost", "7", told=False)

    decided = approval_approve(approval_id=approval.pk, reason="Go.", actor=f"staff:{checker.pk}", now=utc_now())

    assert decided.state == ApprovalState.REFUSED_STATE_CHANGED
    assert real(scene) == 97
    assert not Correction.objects.exists()


def test_nobody_takes_a_stake_afterwards(scene: Scene) -> None:
    scene.lines.append(Row("bet", "b-lost", "7", at=scene.now))
    scene.statement()

    with pytest.raises(NothingToCorrect):
        correction_payload(row=scene.breaks()["b-lost"])


def test_a_break_is_asked_explained_closed_and_opened_again_and_every_step_is_told(scene: Scene) -> None:
    scene.lines.append(Row("bet", "b-lost", "7", at=scene.now))
    scene.statement()
    key = scene.breaks()["b-lost"].pk
    break_ask(break_id=key, words="Which session was it?", actor=CAROL, now=utc_now())
    break_explain(break_id=key, reason="Their outage.", actor=CAROL, now=utc_now())
    break_close(break_id=key, reason="They removed it.", actor=CAROL, now=utc_now())
    break_reopen(break_id=key, reason="It is there again.", actor=CAROL, now=utc_now())

    told = list(BreakStep.objects.order_by("pk").values_list("kind", flat=True))

    assert told == ["found", "asked", "explained", "closed", "reopened"]
    assert scene.breaks()["b-lost"].state == BreakState.OPEN


def test_only_what_is_worth_little_is_written_off(scene: Scene) -> None:
    rate_make("EUR", "1")
    scene.lines += [Row("bet", "b-much", "7", at=scene.now), Row("bet", "b-little", "0.4", at=scene.now)]
    scene.statement()
    found = scene.breaks()

    with pytest.raises(AboveTolerance):
        break_write_off(break_id=found["b-much"].pk, reason="So be it.", actor=CAROL, now=utc_now())
    row = break_write_off(break_id=found["b-little"].pk, reason="So be it.", actor=CAROL, now=utc_now())

    assert (row.state, row.worth, row.tolerance) == ("written_off", Decimal("0.4"), Decimal(1))


def test_open_rounds_are_worked_off_with_the_providers_report(scene: Scene) -> None:
    scene.bet("b1", "10")
    scene.bet("b2", "4", round_id="r-2")
    scene.bet("b3", "3", round_id="r-3")
    scene.lines += [
        Row("round", "", "10", round_id="r-1", state="closed", at=scene.now),
        Row("round", "", "", round_id="r-2", state="refunded", at=scene.now),
        Row("round", "", "99", round_id="r-3", state="closed", at=scene.now),
        Row("round", "", "", round_id="r-4", state="closed", at=scene.now),
    ]
    row = scene.statement()

    closed = rounds_work_off(statement_id=row.pk, now=utc_now())

    assert (closed, rounds_work_off(statement_id=row.pk, now=utc_now())) == (1, 0)
    states = dict(Round.objects.values_list("reference", "state"))
    assert states == {"r-1": "closed", "r-2": "open", "r-3": "open"}
    refund = scene.breaks()["b2"]
    assert "refunded the whole round" in refund.cause
    corrected(refund)
    assert real(scene) == 100 - 10 - 3
    assert Leg.objects.get(provider_transaction_id="b2").reversed_by_id is not None


@pytest.mark.parametrize("before", BreakState.values)
def test_the_database_holds_the_same_table_of_states(scene: Scene, before: str) -> None:
    with connection.cursor() as cursor:
        for after in BreakState.values:
            cursor.execute("SELECT reconciliation_may_follow(%s, %s)", [before, after])
            found = cursor.fetchone()
            assert found == (BreakState(after) in BREAKS[BreakState(before)],)
