"""How much money of players is at providers, and for how long: per provider and currency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Min, Q, QuerySet, Sum

from casino.transfers.enums import LegState
from casino.transfers.models import TransferVisit
from casino.transfers.selectors.visits import visits_open
from common.money import ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderMoney:
    """Of one provider and currency: sent there, what it last told, the oldest, and those without a clear answer."""

    provider_id: int
    provider: str
    currency: str
    visits: int
    sent: Decimal
    there: Decimal
    oldest: datetime
    unclear: int


def money_at_providers(rows: QuerySet[TransferVisit] | None = None) -> list[ProviderMoney]:
    """Most money first. `rows` narrows the visits that count, such as to those within a person's reach."""
    visits = visits_open() if rows is None else rows
    unclear = Q(disputed=True) | Q(legs__state__in=(LegState.UNKNOWN, LegState.SENT))
    grouped = (
        visits.order_by()
        .values("provider_id", "provider__name", "currency")
        .annotate(visits=Count("pk"), total=Sum("sent"), told=Sum("seen_balance"), oldest=Min("opened_at"))
    )
    doubtful = {
        (row["provider_id"], row["currency"]): row["number"]
        for row in visits.order_by()
        .filter(unclear)
        .values("provider_id", "currency")
        .annotate(number=Count("pk", distinct=True))
    }
    found = [
        ProviderMoney(
            provider_id=row["provider_id"], provider=row["provider__name"], currency=row["currency"],
            visits=row["visits"], sent=row["total"], there=row["told"] or ZERO, oldest=row["oldest"],
            unclear=doubtful.get((row["provider_id"], row["currency"]), 0),
        )
        for row in grouped
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-one.sent, one.provider))
