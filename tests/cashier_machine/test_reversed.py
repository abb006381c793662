"""Worked: the gateway takes a confirmed deposit back, its file tells both, and each line finds its booking."""

from __future__ import annotations

from decimal import Decimal

import pytest

from casino.settlements.models import Break, Match
from casino.settlements.selectors.clearing import clearings
from casino.settlements.services.reconciliation import files_fetch, reconcile
from common.clock import utc_now
from tests.cashier_machine.bank import Bank, told
from tests.cashier_machine.test_killed import alice, money, pays, proved_sound

__all__ = ["alice"]
pytestmark = pytest.mark.django_db(transaction=True)


def test_a_reversed_deposit_and_its_settlement_lines_find_each_other(bank: Bank, alice: object) -> None:
    deposit = pays(alice, "50.25")  # type: ignore[arg-type]
    bank.process.order("clock", ahead="40")
    for event in bank.events(deposit.reference):
        assert told(event, utc_now()) in ("applied", "unknown")
    deposit.refresh_from_db()
    assert (deposit.state, money(alice)) == ("reversed", {})  # type: ignore[arg-type]
    bank.process.order("settle", face="sandbox")
    files_fetch(gateway="sandbox", actor="system:tests", now=utc_now())
    reconcile(now=utc_now())
    matched = Match.objects.order_by("movement__booked_at", "movement__pk")
    found = [(one.line.kind, one.movement.kind, one.movement.amount, one.difference) for one in matched]
    assert found == [
        ("deposit_confirmed", "deposit", Decimal("50.25"), Decimal(0)),
        ("deposit_reversed", "rollback", Decimal("-50.25"), Decimal(0)),
    ]
    assert not Break.objects.exists()
    (sandbox,) = (one for one in clearings() if one.gateway == "sandbox")
    assert not any((sandbox.owed, sandbox.unsettled, sandbox.unknown, sandbox.differences))
    proved_sound()
