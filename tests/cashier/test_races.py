"""Two at once move a deposit once: real connections, and what happens without the lock."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from casino.cashier.errors import DepositNotOpen
from casino.cashier.models import Deposit
from casino.cashier.services import news as news_services
from casino.cashier.services.endings import deposit_expire
from casino.cashier.services.news import deposit_news
from casino.gateways.enums import NewsKind
from players.models import Player
from tests.cashier.scene import LATER, Shop, begun, cards_offered, news_of
from tests.casino.play.table import account_balance
from tests.casino.play.together import together
from tests.gate.steps import excluded
from tests.wallet.verification.quiet import everything_verified
from wallet.models import Transaction
from wallet.services import player_money
from wallet.services.transactions import transaction_post

pytestmark = pytest.mark.django_db(transaction=True)
K = NewsKind


def outcome(work: Callable[[], object]) -> str:
    try:
        return str(work())
    except (IntegrityError, DepositNotOpen) as problem:
        return type(problem).__name__


def at_once(*works: Callable[[], object]) -> list[str]:
    return together([partial(outcome, work) for work in works])


def test_the_same_fact_told_by_four_messages_at_once_is_credited_once(alice: Player) -> None:
    cards_offered()
    deposit = begun(alice)
    fact = news_of(deposit, K.DEPOSIT_CONFIRMED)
    done = at_once(*[partial(deposit_news, "north", fact, 0, LATER)] * 4)
    assert sum("credited" in line for line in done) == 1, done
    assert account_balance(alice, "player_real") == 100
    everything_verified()


def test_two_facts_that_say_the_same_at_once_credit_once(alice: Player) -> None:
    cards_offered()
    deposit = begun(alice)
    facts = [news_of(deposit, K.DEPOSIT_CONFIRMED) for _number in range(3)]
    at_once(*[partial(deposit_news, "north", fact, 0, LATER) for fact in facts])
    assert account_balance(alice, "player_real") == 100
    assert Transaction.objects.filter(kind="deposit").count() == 1


def test_without_the_lock_money_is_booked_that_the_database_must_then_refuse(
    alice: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    cards_offered()
    deposit = begun(alice)
    tried: list[int] = []

    def unlocked(deposit_id: int) -> Deposit:
        found = Deposit.objects.select_related("player").get(pk=deposit_id)
        time.sleep(0.4)
        return found

    def counted(**facts: Any) -> object:
        tried.append(1)
        return transaction_post(**facts)

    monkeypatch.setattr(news_services, "deposit_lock", unlocked)
    monkeypatch.setattr(player_money, "transaction_post", counted)
    facts = [news_of(deposit, K.DEPOSIT_CONFIRMED) for _number in range(3)]
    done = at_once(*[partial(_refused_or_done, fact) for fact in facts])
    assert len(tried) > 1, "the race is real"
    assert account_balance(alice, "player_real") == 100, f"the database keeps the promise by itself: {done}"


def _refused_or_done(fact: object) -> str:
    try:
        return deposit_news("north", fact, 0, LATER)  # type: ignore[arg-type]  # News
    except Exception as problem:  # noqa: BLE001 - whichever guard is first
        return type(problem).__name__


def test_a_confirmation_and_the_expiry_at_once_end_credited(alice: Player) -> None:
    cards_offered()
    for _round in range(4):
        deposit = begun(alice, "10")
        fact = news_of(deposit, K.DEPOSIT_CONFIRMED)
        at_once(
            partial(deposit_news, "north", fact, 0, LATER),
            partial(deposit_expire, deposit_id=deposit.pk, reason="x", actor="system:cashier", now=LATER),
        )
        deposit.refresh_from_db()
        assert deposit.state == "credited"
    assert account_balance(alice, "player_real") == 40
    everything_verified()


def test_a_confirmation_and_an_exclusion_at_once_credit_before_it_or_send_back_after(alice: Player) -> None:
    cards_offered()
    deposit = begun(alice)
    fact = news_of(deposit, K.DEPOSIT_CONFIRMED)

    def excludes() -> None:
        with transaction.atomic():
            excluded(alice)

    at_once(partial(deposit_news, "north", fact, 0, LATER), excludes)
    deposit.refresh_from_db()
    real = account_balance(alice, "player_real")
    assert (deposit.state, int(real)) in {("credited", 100), ("to_refund", 0)}
    everything_verified()


def test_pressed_four_times_at_once_it_is_one_deposit(alice: Player, market: dict[str, Shop]) -> None:
    cards_offered()
    made = together([partial(begun, alice, key="one")] * 4)
    assert len({deposit.pk for deposit in made}) == 1
    assert Deposit.objects.count() == 1
    assert len(market["north"].orders) == 1
