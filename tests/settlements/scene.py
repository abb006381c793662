"""Alice's money at the sandbox gateway, booked as the cashier books it, and files that settle it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Final

from casino.settlements.models import SettlementFile
from casino.settlements.services.files import settlement_load
from casino.settlements.services.reconciliation import reconcile
from players.models import Player
from tests.factories import CAROL, NOON
from wallet.enums import AccountKind, TransactionKind
from wallet.services.accounts import house_account
from wallet.services.player_money import player_credit, player_take_back

HEADER: Final = "record,batch,line,booked_on,type,reference,gateway_reference,currency,gross,fee,net,text"
Line = tuple[str, str, str, str]
"""Type, our reference, gross, fee."""


def clearing(currency: str = "EUR") -> int:
    """The sandbox gateway's clearing account."""
    return house_account(kind=AccountKind.PAYMENT_CLEARING, scope="sandbox", currency=currency).id


def deposited(player: Player, amount: str, reference: str, *, days_ago: int = 0) -> None:
    """A deposit is credited."""
    player_credit(
        kind=TransactionKind.DEPOSIT, player_id=player.pk, currency=player.currency,
        source_id=clearing(player.currency), amount=Decimal(amount), actor="system:tests",
        now=NOON - timedelta(days=days_ago), reference=reference,
    )  # fmt: skip


def charged_back(player: Player, amount: str, reference: str) -> None:
    """A chargeback is taken."""
    player_take_back(
        kind=TransactionKind.CHARGEBACK, player_id=player.pk, currency=player.currency,
        target_id=clearing(player.currency), amount=Decimal(amount), actor="system:tests", now=NOON,
        reference=reference,
    )  # fmt: skip


def content(name: str, lines: Sequence[Line], currency: str = "EUR") -> bytes:
    """A settlement file of the sandbox gateway."""
    rows, gross_sum, fee_sum = [HEADER], Decimal(0), Decimal(0)
    for number, (kind, reference, gross, fee) in enumerate(lines, start=1):
        net = Decimal(gross) - Decimal(fee)
        there = f"there-{reference}" if reference else name
        rows.append(f"line,{name},{number},{NOON:%Y-%m-%d},{kind},{reference},{there},{currency},{gross},{fee},{net},")
        gross_sum, fee_sum = gross_sum + Decimal(gross), fee_sum + Decimal(fee)
    rows.append(f"total,{name},{len(lines)},{NOON:%Y-%m-%d},,,,{currency},{gross_sum},{fee_sum},{gross_sum - fee_sum},")
    return "\n".join(rows).encode() + b"\n"


def loaded(name: str, lines: Sequence[Line]) -> SettlementFile:
    """A file is loaded and compared."""
    file = settlement_load(gateway="sandbox", name=name, content=content(name, lines), actor=CAROL, now=NOON)
    reconcile(now=NOON)
    return file
