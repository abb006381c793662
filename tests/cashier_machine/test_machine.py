"""Deposits, messages in any order and number, withdrawals, refunds and chargebacks: money moves exactly once.

A Hypothesis state machine against PostgreSQL and the sandbox gateway as a process of its own. After every step the
books are the player's; at the end everything is asked about, and we agree with the gateway to the cent.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from casino.cashier.enums import DepositState
from casino.cashier.models import Deposit, Instrument, Refund
from casino.cashier.models.deposit import BOOKED
from casino.cashier.services.deposit_begin import deposit_begin
from casino.cashier.services.refunds import refund_ask
from casino.cashier.services.sending import refunds_send
from casino.gateways.models import GatewayInquiry
from casino.gateways.services.inquiries import unknown_ask
from casino.settlements.models import Break
from casino.settlements.selectors.clearing import clearings
from casino.settlements.services.reconciliation import files_fetch, reconcile
from casino.withdrawals.models import Payout, Withdrawal
from casino.withdrawals.selectors.due import payouts_stuck
from casino.withdrawals.services.payments import payout_lost, payout_send, payouts_due, withdrawal_submit
from casino.withdrawals.services.requests import withdrawal_request
from casino.withdrawals.states import LIVE
from common.clock import utc_now
from common.errors import Refusal
from common.ids import public_id
from players.models import Player
from tests.cashier_machine.bank import Bank, told
from tests.factories import player_make
from tests.gateways.sandbox.process import SandboxProcess
from tests.settlements.test_settlements import Quiet
from tests.withdrawals.scene import proved
from wallet.models import Transaction
from wallet.selectors.player_balances import player_balances
from wallet.verification.run import ledger_verify

IN = (0, 1, 2, 3, 6, 7, 10, 13, 18, 20, 22, 25, 4, 5, 26, 27)
OUT = (0, 1, 3, 4, 5, 8, 9, 18, 27)
SYSTEM = "system:withdrawals"


class Cashier(RuleBasedStateMachine):
    """One player, one gateway. `now` runs ahead of the real clock, so that the janitor has waited long enough."""

    process: ClassVar[SandboxProcess]

    def __init__(self) -> None:
        super().__init__()
        self.now: datetime = utc_now()
        self.bank = Bank(self.process)
        self.player: Player = player_make(f"Alice {public_id('x')}", balance="0")
        proved(self.player)

    @initialize(amount=st.sampled_from((50, 100)))
    def opens(self, amount: int) -> None:
        """Something to play with."""
        self.deposit(amount, 0)

    def deposit(self, amount: int, cents: int) -> None:
        deposit = deposit_begin(
            player_id=self.player.pk, method="card", amount=amount + Decimal(cents) / 100,
            client_key=public_id("key"), actor=f"player:{self.player.pk}", now=self.now,
        )  # fmt: skip
        self.bank.references.append(deposit.reference)

    @rule(amount=st.integers(10, 90), cents=st.sampled_from(IN))
    def pays(self, amount: int, cents: int) -> None:
        """A deposit with some outcome."""
        try:
            self.deposit(amount, cents)
        except Refusal:
            return

    @rule(amount=st.integers(10, 90), cents=st.sampled_from(OUT))
    def asks_for_money(self, amount: int, cents: int) -> None:
        """A withdrawal, approved by rule and sent."""
        instrument = Instrument.objects.filter(player=self.player).order_by("-pk").first()
        try:
            asked = withdrawal_request(
                player_id=self.player.pk, amount=amount + Decimal(cents) / 100, method="card",
                instrument_id=instrument.pk if instrument else None, request_key=public_id("key"),
                actor=f"player:{self.player.pk}", now=self.now,
            )  # fmt: skip
            withdrawal_submit(withdrawal_id=asked.pk, actor=SYSTEM, now=self.now)
        except Refusal:
            return
        self.send(asked)

    def send(self, asked: Withdrawal) -> None:
        for payout_id in payouts_due(withdrawal_id=asked.pk):
            payout_send(payout_id=payout_id, actor=SYSTEM, now=self.now)
        known = set(self.bank.references)
        rows = Payout.objects.filter(withdrawal=asked).values_list("reference", flat=True)
        self.bank.references += [reference for reference in rows if reference not in known]

    @rule(which=st.integers(0, 50), key=st.booleans(), more=st.integers(0, 2))
    def a_message_comes(self, which: int, key: bool, more: int) -> None:
        """One of all that could be told, once or again, in any order; forged ones too."""
        events = self.bank.all_events()
        for _copy in range(1 + more if events else 0):
            event = events[which % len(events)]
            outcome = told(event, self.now, key="not-the-key") if key and more == 2 else told(event, self.now)
            assert outcome in {"applied", "invalid", "quarantined", "unmatched", "waiting", "unknown"}, outcome

    @rule(which=st.integers(0, 50))
    def a_message_lies(self, which: int) -> None:
        """Well signed, with another amount."""
        events = [event for event in self.bank.all_events() if event["event"] == "payment.confirmed"]
        if events:
            event = events[which % len(events)]
            amount = str(Decimal(event["data"]["amount"]) + 1)
            told(event | {"data": event["data"] | {"amount": amount}}, self.now)

    @rule(seconds=st.sampled_from((6, 31, 61)))
    def time_goes_by(self, seconds: int) -> None:
        """Chargebacks, returns, late approvals happen over there."""
        self.process.order("clock", ahead=str(seconds))
        self.now += timedelta(seconds=seconds)

    @rule(which=st.integers(0, 20))
    def the_house_refunds(self, which: int) -> None:
        """A credited deposit goes back."""
        rows = list(Deposit.objects.filter(player=self.player, state=DepositState.CREDITED).order_by("pk"))
        if rows:
            try:
                refund_ask(
                    deposit_id=rows[which % len(rows)].pk, reason="test", approval="", actor="staff:1", now=self.now
                )
            except Refusal:
                return
            self.refunds()

    def refunds(self) -> None:
        refunds_send(now=self.now)
        rows = Refund.objects.filter(deposit__player=self.player).values_list("reference", flat=True)
        self.bank.references += [reference for reference in rows if reference not in self.bank.references]

    @rule()
    def the_janitor_asks(self) -> None:
        """Whatever is open is asked about."""
        self.now += timedelta(minutes=3)
        for payout_id in payouts_stuck(self.now):
            payout_lost(payout_id=payout_id, now=self.now)
        unknown_ask(gateway="sandbox", now=self.now)
        for asked in Withdrawal.objects.filter(player=self.player):
            self.send(asked)
        self.refunds()

    @invariant()
    def each_deposit_is_credited_exactly_as_often_as_its_state_says(self) -> None:
        for deposit in Deposit.objects.filter(player=self.player):
            booked = Transaction.objects.filter(kind="deposit", reference=deposit.reference).count()
            assert booked == (deposit.state in BOOKED or deposit.transaction_id is not None), deposit

    @invariant()
    def the_wallet_is_what_came_in_less_what_went_out(self) -> None:
        """By our own rows: real, held and owed money together."""
        balances = player_balances(player_id=self.player.pk, currency="EUR")
        assert sum(balances.values(), Decimal(0)) == self.ours(), balances

    def ours(self) -> Decimal:
        total = Decimal(0)
        for deposit in Deposit.objects.filter(player=self.player, transaction_id__isnull=False):
            total += deposit.credit
            for refund in deposit.refunds.filter(transaction_id__isnull=False, return_id=None, origin="credited"):
                total -= refund.amount
            for dispute in deposit.chargebacks.filter(transaction_id__isnull=False):
                total += (-dispute.taken) if dispute.reversal_id is None else 0
        paid = Payout.objects.filter(player=self.player, settled_by__isnull=False, returned_by=None)
        return total - sum((payout.held for payout in paid), Decimal(0))

    def under_way(self) -> bool:
        """Whether the gateway still owes us word of a refund or payment that we sent."""
        refunds = Refund.objects.filter(deposit__player=self.player, state__in=("waiting", "sent"))
        return refunds.exists() or Payout.objects.filter(player=self.player, state__in=LIVE).exists()

    def teardown(self) -> None:
        """Everything is told and asked about; then both accounts agree to the cent, and the books are sound."""
        for number in range(12):
            if number > 3 and not self.under_way():
                break
            self.process.order("clock", ahead="2000")
            self.now += timedelta(hours=2)
            GatewayInquiry.objects.update(next_at=self.now)
            self.the_janitor_asks()
            for event in self.bank.all_events():
                told(event, self.now)
        balances = player_balances(player_id=self.player.pk, currency="EUR")
        assert sum(balances.values(), Decimal(0)) == self.bank.owed(), (balances, self.bank.all_events())
        assert not balances.get("player_hold"), "money is still held"


@pytest.fixture
def cashier(bank: Bank) -> type[Cashier]:
    Cashier.process = bank.process
    return Cashier


@pytest.mark.django_db(transaction=True)
def test_money_moves_exactly_once_whatever_comes_in_whatever_order(cashier: type[Cashier]) -> None:
    run_state_machine_as_test(
        cashier,
        settings=settings(
            max_examples=8, stateful_step_count=15, deadline=None, derandomize=True, print_blob=True,
            suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate),
        ),
    )  # fmt: skip
    cashier.process.order("settle", face="sandbox")
    files_fetch(gateway="sandbox", actor="system:tests", now=utc_now())
    reconcile(now=utc_now())
    (sandbox,) = (one for one in clearings() if one.gateway == "sandbox")
    found = list(Break.objects.values_list("kind", "state", "line__kind", "line__reference", "line__gross"))
    assert not any((sandbox.owed, sandbox.unsettled, sandbox.unknown, sandbox.breaks)), (sandbox, found)
    breaches = [(proof.promise.name, proof.breaches) for proof in ledger_verify(watcher=Quiet()) if proof.breaches]
    assert not breaches
