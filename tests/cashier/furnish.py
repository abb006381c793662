"""A row on every screen of the cashier, for the walks through the back office."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction

from casino.cashier.enums import DepositState, RefundOrigin
from casino.cashier.models import Chargeback, Deposit, DepositStep, DepositTry, Instrument
from casino.cashier.services.margins import margin_set
from casino.cashier.services.refund_rows import refund_make
from players.models import Player


@transaction.atomic
def cashier_of(player: Player, now: datetime) -> Deposit:
    """A deposit that waits at its gateway, with a card, a refund and a dispute as rows."""
    card = Instrument.objects.create(
        player=player, kind="card", gateway="sandbox", token="tok_f", last_four="4242", scheme="visa", added_at=now
    )
    deposit = Deposit.objects.create(
        reference=f"D-{player.nickname.lower()}", player=player, client_key="furnished", method="card",
        gateway="sandbox", gateway_reference="pay_1", instrument=card, amount=Decimal(50), currency="EUR",
        credit=Decimal(50), credit_currency="EUR", created_at=now, changed_at=now, expires_at=now + timedelta(days=1),
        route=[{"gateway": "sandbox", "why": "route 1", "turn": "1"}, {"gateway": "south", "why": "switched off"}],
    )  # fmt: skip
    DepositStep.objects.create(deposit=deposit, after=DepositState.CREATED, at=now, actor="system:tests", note="Let in")
    DepositTry.objects.create(
        deposit=deposit, number=1, gateway="sandbox", gateway_method="card", why="route 1", standing="pending",
        gateway_reference="pay_1", started_at=now,
    )  # fmt: skip
    refund_make(
        deposit=deposit, origin=RefundOrigin.SUSPENSE, reason="the player is excluded", approval="",
        transaction_id=None, actor="system:cashier", now=now,
    )  # fmt: skip
    Chargeback.objects.create(
        deposit=deposit, number=1, state="announced", amount=Decimal(50), currency="EUR", opened_at=now,
        code="10.4", text="Fraud, card absent", evidence_due=(now + timedelta(days=10)).date(),
    )  # fmt: skip
    margin_set(
        brand_id=player.brand_id, source="USD", target="EUR", percent=Decimal("1.5"), valid_from=now, approval="",
        actor="system:tests", now=now,
    )  # fmt: skip
    return deposit
