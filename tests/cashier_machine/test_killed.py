"""Our processes and the gateway are killed -9 in the middle of payments: after the janitor, money moved once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection

from casino.cashier.enums import DepositState
from casino.cashier.models import Deposit, Instrument
from casino.cashier.services.deposit_begin import deposit_begin
from casino.gateways.models import GatewayInquiry, GatewayMessage
from casino.gateways.services.inquiries import unknown_ask
from casino.gateways.services.messages import message_work
from casino.withdrawals.enums import PayoutState
from casino.withdrawals.models import Payout
from casino.withdrawals.selectors.due import payouts_stuck
from casino.withdrawals.services.payments import payout_lost, payout_send, payouts_due, withdrawal_submit
from casino.withdrawals.services.requests import withdrawal_request
from common.clock import utc_now
from players.models import Player
from tests.cashier_machine.bank import Bank
from tests.factories import player_make
from tests.gateways.sandbox.process import API_KEY, WEBHOOK_KEY
from tests.servers import CHECKOUT, with_database
from tests.settlements.test_settlements import Quiet
from tests.withdrawals.scene import proved
from wallet.models import Transaction
from wallet.selectors.player_balances import player_balances
from wallet.verification.run import ledger_verify

SYSTEM = "system:withdrawals"


@pytest.fixture
def alice(bank: Bank) -> Player:
    player = player_make("Alice", balance="0")
    proved(player)
    return player


def killed(bank: Bank, what: str, step: str, key: int, body: bytes = b"") -> None:
    """Another process does it and dies at that step."""
    environment = os.environ | {
        "DATABASE_URL": with_database(os.environ["DATABASE_URL"], connection.settings_dict["NAME"]),
        "GATEWAY_SANDBOX_URL": f"{bank.process.address}/sandbox", "GATEWAY_SANDBOX_API_KEY": API_KEY,
        "GATEWAY_SANDBOX_WEBHOOK_KEY": WEBHOOK_KEY,
    }  # fmt: skip
    command = [sys.executable, "-m", "tests.cashier_machine.dies", what, step, str(key)]
    done = subprocess.run(
        command, cwd=CHECKOUT, env=environment, check=False, capture_output=True, timeout=120, input=body
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()[-2000:]


def janitor() -> None:
    """What runs by itself, some minutes later, three times."""
    for minutes in (3, 9, 30):
        now = utc_now() + timedelta(minutes=minutes)
        GatewayInquiry.objects.update(next_at=now)
        for payout_id in payouts_stuck(now):
            payout_lost(payout_id=payout_id, now=now)
        while message_work(now=now) is not None:
            pass
        unknown_ask(gateway="sandbox", now=now)
        for payout_id in payouts_due():
            payout_send(payout_id=payout_id, actor=SYSTEM, now=now)


def pays(player: Player, amount: str = "50") -> Deposit:
    return deposit_begin(
        player_id=player.pk, method="card", amount=Decimal(amount), client_key=f"key-{amount}",
        actor=f"player:{player.pk}", now=utc_now(),
    )  # fmt: skip


def money(player: Player) -> dict[str, float]:
    found = player_balances(player_id=player.pk, currency="EUR")
    return {kind.removeprefix("player_"): float(amount) for kind, amount in found.items() if amount}


def proved_sound() -> None:
    assert not [(proof.promise.name, proof.breaches) for proof in ledger_verify(watcher=Quiet()) if proof.breaches]


def payout_planned(player: Player) -> Payout:
    """50 paid in, 20 asked for and about to be sent."""
    pays(player)
    janitor()
    instrument = Instrument.objects.get(player=player)
    asked = withdrawal_request(
        player_id=player.pk, amount=Decimal(20), method="card", instrument_id=instrument.pk, request_key="key-of-20",
        actor=f"player:{player.pk}", now=utc_now(),
    )  # fmt: skip
    withdrawal_submit(withdrawal_id=asked.pk, actor=SYSTEM, now=utc_now())
    return Payout.objects.get(withdrawal=asked)


@pytest.mark.parametrize(("step", "state", "real"), [("before", None, 0), ("after", DepositState.CREDITED, 50)])
def test_a_deposit_whose_process_dies_is_credited_if_and_only_if_the_gateway_took_it(
    bank: Bank, alice: Player, step: str, state: str | None, real: int
) -> None:
    killed(bank, "deposit", step, alice.pk)
    janitor()
    deposit = Deposit.objects.get(player=alice)
    assert deposit.state == state or (state is None and deposit.transaction_id is None)
    assert money(alice).get("real", 0) == real
    assert Transaction.objects.filter(kind="deposit", reference=deposit.reference).count() == bool(real)
    proved_sound()


@pytest.mark.parametrize("step", ["before", "after"])
def test_a_payout_whose_worker_dies_is_paid_once(bank: Bank, alice: Player, step: str) -> None:
    payout = payout_planned(alice)
    killed(bank, "payout", step, payout.pk)
    janitor()
    payout.refresh_from_db()
    assert (payout.state, money(alice)) == (PayoutState.CONFIRMED, {"real": 30.0})
    told = [event["event"] for event in bank.events(payout.reference)]
    assert told.count("payout.confirmed") == 1
    proved_sound()


def test_a_gateway_that_dies_with_our_money_is_asked_when_it_is_back(bank: Bank, alice: Player) -> None:
    bank.process.order("mode", face="sandbox", mode="die")
    deposit = pays(alice)
    assert deposit.state != DepositState.CREDITED
    janitor()
    assert money(alice) == {}
    bank.process.start()
    janitor()
    assert money(alice) == {"real": 50.0}
    proved_sound()


def test_a_gateway_that_dies_over_a_payout_pays_it_once(bank: Bank, alice: Player) -> None:
    payout = payout_planned(alice)
    bank.process.order("mode", face="sandbox", mode="die")
    payout_send(payout_id=payout.pk, actor=SYSTEM, now=utc_now())
    assert money(alice) == {"real": 30.0, "hold": 20.0}
    bank.process.start()
    janitor()
    assert money(alice) == {"real": 30.0}
    assert [event["event"] for event in bank.events(payout.reference)].count("payout.confirmed") == 1
    proved_sound()


def confirmed(bank: Bank, alice: Player) -> tuple[Deposit, bytes]:
    """A deposit that waits for its message, and the message."""
    deposit = pays(alice, "50.03")
    bank.process.order("clock", ahead="6")
    event = next(e for e in bank.events(deposit.reference) if e["event"] == "payment.confirmed")
    return deposit, json.dumps(event).encode()


def test_a_web_server_that_dies_before_or_after_it_kept_a_message_credits_once(bank: Bank, alice: Player) -> None:
    _deposit, body = confirmed(bank, alice)
    before = GatewayMessage.objects.count()
    killed(bank, "web", "before", 0, body)
    assert GatewayMessage.objects.count() == before
    for _again in (1, 2):
        killed(bank, "web", "after", 0, body)
    assert GatewayMessage.objects.count() == before + 2
    assert money(alice) == {}
    janitor()
    assert money(alice) == {"real": 50.03}
    proved_sound()


@pytest.mark.parametrize(("step", "real"), [("before", {}), ("after", {"real": 50.03})])
def test_a_worker_that_dies_over_a_message_leaves_it_to_the_next(
    bank: Bank, alice: Player, step: str, real: dict[str, float]
) -> None:
    _deposit, body = confirmed(bank, alice)
    killed(bank, "web", "after", 0, body)
    message = GatewayMessage.objects.order_by("pk").last()
    assert message is not None
    killed(bank, "worker", step, message.pk)
    assert money(alice) == real
    janitor()
    assert money(alice) == {"real": 50.03}
    message.refresh_from_db()
    assert message.outcome == "applied"
    proved_sound()
