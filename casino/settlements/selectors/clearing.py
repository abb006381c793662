"""A clearing balance explained: what gateways owe us, and what it consists of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from casino.settlements.models import Break, Match, Movement, SettlementLine, WriteOff
from casino.settlements.states import WAITING
from common.money import ZERO
from wallet.selectors.clearing import clearing_accounts
from wallet.selectors.house_balances import house_balance

_NONE = Value(ZERO, output_field=DecimalField(max_digits=38, decimal_places=18))


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearing:
    """One gateway in one currency, signed from our side: `owed` is what the gateway owes us by the ledger.

    It is what we booked and nobody settled, and what was written off (of lines that have more, positive), less lines
    that settle nothing of ours, less what settled lines have more than our bookings, and what was booked since the
    ledger was read (`unread`, zero at rest).
    """

    gateway: str
    currency: str
    owed: Decimal
    unsettled: Decimal
    unsettled_count: int
    written_off: Decimal
    unknown: Decimal
    differences: Decimal
    breaks: int

    @property
    def unread(self) -> Decimal:
        """What the rows do not explain: booked after the last reading."""
        return self.owed - self.unsettled - self.written_off + self.unknown + self.differences


def clearings() -> tuple[Clearing, ...]:
    """Every gateway and currency with a clearing account."""
    return tuple(_clearing(one.id, one.gateway, one.currency) for one in clearing_accounts())


def _clearing(account: int, gateway: str, currency: str) -> Clearing:
    at = {"gateway": gateway, "currency": currency}
    booked_out = WriteOff.objects.values("transaction_id")
    unsettled = Movement.objects.filter(match=None, **at).exclude(transaction_id__in=booked_out)
    written_off = Movement.objects.filter(transaction_id__in=booked_out, **at)
    return Clearing(
        gateway=gateway, currency=currency, owed=-house_balance(account), unsettled=_sum(unsettled, "amount"),
        unsettled_count=unsettled.count(), written_off=_sum(written_off, "amount"),
        unknown=_sum(SettlementLine.objects.filter(match=None, **at), "gross"),
        differences=_sum(Match.objects.filter(line__gateway=gateway, line__currency=currency), "difference"),
        breaks=Break.objects.filter(state__in=WAITING, **at).count(),
    )  # fmt: skip


def _sum(rows: QuerySet[Any], name: str) -> Decimal:
    total: Decimal = rows.aggregate(total=Coalesce(Sum(name), _NONE))["total"]
    return total


def breaks_waiting() -> int:
    """How many breaks wait for people: above zero, finance looks (PAY-06)."""
    return Break.objects.filter(state__in=WAITING).count()
