"""Two at once: real connections, and what happens without the lock."""

from __future__ import annotations

import time
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from casino.gateways.enums import NewsKind
from casino.gateways.types import News
from casino.withdrawals.enums import WithdrawalState
from casino.withdrawals.errors import WithdrawalNotFound
from casino.withdrawals.models import Payout, Withdrawal
from casino.withdrawals.services import endings, review
from casino.withdrawals.services.endings import withdrawal_cancel
from casino.withdrawals.services.news import payout_news
from casino.withdrawals.services.payments import payout_send, payouts_due, withdrawal_submit
from casino.withdrawals.services.review import withdrawal_approve, withdrawal_move
from common.errors import Refusal
from players.models import Player
from tests.casino.play.together import together
from tests.withdrawals.scene import LATER, actor, alice_make, asked, by_hand, money, plays, staff, taken

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def alice(db: None) -> Player:
    return alice_make()


def outcome(work: Callable[[], Any]) -> str:
    try:
        work()
    except (Refusal, AssertionError) as refusal:
        return getattr(refusal, "code", "refused")
    return "ok"


def at_once(*works: Callable[[], Any]) -> list[str]:
    return together([partial(outcome, work) for work in works])


def test_a_bet_and_a_request_never_spend_the_same_money(alice: Player) -> None:
    at_once(partial(asked, alice, "150"), partial(plays, alice, "150", "0", now=LATER))
    found = money(alice)
    assert found.get("hold", Decimal(0)) in (0, 150)
    assert sum(found.values()) in (Decimal(0), Decimal(150))
    assert Withdrawal.objects.count() == (1 if found.get("hold") else 0)


def test_the_same_key_pressed_at_once_is_one_withdrawal(alice: Player) -> None:
    assert at_once(*[partial(asked, alice, key="pressed-five-times")] * 5) == ["ok"] * 5
    assert (Withdrawal.objects.count(), money(alice)["hold"]) == (1, Decimal(40))


def cancel_and_start(alice: Player) -> tuple[list[str], Withdrawal]:
    by_hand()
    made, carol = asked(alice), staff("payments")
    told = at_once(
        partial(withdrawal_cancel, player_id=alice.pk, withdrawal_id=made.pk, actor="player:1", now=LATER),
        partial(
            withdrawal_move, withdrawal_id=made.pk, to=WithdrawalState.IN_PROCESS, reason="mine", actor=actor(carol),
            now=LATER,
        ),
    )  # fmt: skip
    made.refresh_from_db()
    return told, made


def test_taken_back_or_taken_into_work_but_not_both(alice: Player) -> None:
    told, made = cancel_and_start(alice)
    assert sorted(told).count("ok") == 1
    assert money(alice).get("hold", 0) == (40 if made.state == "in_process" else 0)


def test_without_the_lock_both_would_happen(alice: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    def dawdle(withdrawal_id: int) -> Withdrawal:
        found = Withdrawal.objects.select_related("player__brand", "rule").filter(pk=withdrawal_id).first()
        if found is None:
            raise WithdrawalNotFound
        time.sleep(0.3)
        return found

    monkeypatch.setattr(endings, "withdrawal_lock", dawdle)
    monkeypatch.setattr(review, "withdrawal_lock", dawdle)
    works: list[Callable[[], Any]] = []
    by_hand()
    made, carol = asked(alice), staff("payments")
    works.append(partial(withdrawal_cancel, player_id=alice.pk, withdrawal_id=made.pk, actor="player:1", now=LATER))
    works.append(
        partial(
            withdrawal_move, withdrawal_id=made.pk, to=WithdrawalState.IN_PROCESS, reason="mine", actor=actor(carol),
            now=LATER,
        )
    )  # fmt: skip
    answers = together([partial(unguarded, work) for work in works])
    # Python lets both through; it is the database's table of states that stops the second one.
    assert sorted(answers) == ["ok", "withdrawal_state_follows"]


def unguarded(work: Callable[[], Any]) -> str:
    from django.db import IntegrityError

    try:
        work()
    except IntegrityError as broken:
        cause: Any = broken.__cause__
        return str(cause.diag.constraint_name)
    return "ok"


def test_two_approvals_at_once_are_one(alice: Player) -> None:
    by_hand()
    made, carol = asked(alice), staff("payments")
    taken(made, carol)
    approve = partial(withdrawal_approve, withdrawal_id=made.pk, reason="seen", actor=actor(carol), now=LATER)
    assert sorted(at_once(approve, approve)) == ["ok", "withdrawal_step_refused"]
    assert made.steps.filter(after="approved").count() == 1


def test_sent_by_two_workers_at_once_a_gateway_is_asked_once(alice: Player, market: dict[str, Any]) -> None:
    made = asked(alice)
    withdrawal_submit(withdrawal_id=made.pk, actor="system:withdrawals", now=LATER)
    key = payouts_due(withdrawal_id=made.pk)[0]
    at_once(*[partial(payout_send, payout_id=key, actor="system:withdrawals", now=LATER)] * 4)
    assert len([order for order in market["north"].orders if order.reference == f"{made.reference}-1-1"]) == 1


def test_news_told_by_two_messages_at_once_count_once(alice: Player) -> None:
    made = asked(alice)
    withdrawal_submit(withdrawal_id=made.pk, actor="system:withdrawals", now=LATER)
    for key in payouts_due(withdrawal_id=made.pk):
        payout_send(payout_id=key, actor="system:withdrawals", now=LATER)
    payout = Payout.objects.get(withdrawal=made)
    paid = News(
        kind=NewsKind.PAYOUT_CONFIRMED, key="paid", reference=payout.reference, gateway_reference="x",
        amount=payout.amount, currency="EUR",
    )  # fmt: skip
    back = News(
        kind=NewsKind.PAYOUT_RETURNED, key="back", reference=payout.reference, gateway_reference="x",
        amount=payout.amount, currency="EUR",
    )  # fmt: skip
    told = at_once(*[partial(payout_news, "north", news, 0, LATER) for news in (paid, back, paid, back)])
    assert set(told) <= {"ok", "busy"}
    for news in (paid, back):
        payout_news("north", news, 0, LATER)
    made.refresh_from_db()
    assert (made.state, money(alice)) == ("returned", {"real": Decimal(150)})
