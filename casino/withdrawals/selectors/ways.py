"""Where a player's money may go: every instrument with what deposits ask back, its limits and whose it is."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db.models import Sum

from casino.cashier.enums import Ownership
from casino.cashier.errors import ConversionNotOffered
from casino.cashier.models import Deposit, Instrument
from casino.cashier.selectors.loops import closed_loop
from casino.cashier.services.conversion import rate_of
from casino.gateways.enums import Purpose
from casino.routing.selectors.offers import methods_for
from casino.routing.types import MethodOffer
from casino.withdrawals.enums import PayoutState
from casino.withdrawals.models import Payout
from casino.withdrawals.states import LIVE
from casino.withdrawals.types import Way
from common.money import ZERO, converted
from players.models import Player
from wallet.errors import TemporarilyUnavailable

OWN = (Ownership.MATCHES, Ownership.VERIFIED)


def ways_of(*, player: Player, now: datetime, besides: int | None = None) -> tuple[Way, ...]:
    """Every instrument of the player that is not removed without a remainder, the oldest deposit first.

    Amounts in the wallet's currency. What other withdrawals pay or hold for an instrument counts as paid to it; not
    those of the withdrawal `besides`.
    """
    rest = {item.instrument_id: item.remaining for item in closed_loop(player.pk, _paid_to(player.pk, besides))}
    used = _last_deposits(player.pk)
    offers: dict[str, tuple[MethodOffer, ...]] = {}
    ways = []
    for row in Instrument.objects.filter(player=player).order_by("first_used_at", "pk"):
        remaining = rest.get(row.pk, ZERO)
        if row.removed_at is not None and remaining == ZERO:
            continue
        method, currency = used.get(row.pk, ("", player.currency))
        if currency not in offers:
            offers[currency] = methods_for(player.pk, Purpose.PAYOUT, now, currency=currency)
        ways.append(_way(player, row, remaining, method, currency, offers[currency], now))
    return tuple(ways)


def _way(
    player: Player, row: Instrument, remaining: Decimal, method: str, currency: str, offers: tuple[MethodOffer, ...],
    now: datetime,
) -> Way:  # fmt: skip
    offer = next((one for one in offers if one.method == method), None)
    if offer is None and not method:
        offer = next((one for one in offers if one.kind == row.kind and one.open), None)
    why_not = _why_not(row, offer, now)
    rate = _wallet_units(player, currency, now)
    if rate is None:
        why_not = why_not or f"No conversion into {currency} is offered."
    least, most = (offer.minimum, offer.maximum) if offer else (ZERO, None)
    return Way(
        instrument_id=row.pk,
        label=str(row),
        method=offer.method if offer else method,
        gateway=row.gateway,
        currency=currency,
        remaining=remaining,
        verified=row.ownership in OWN,
        mismatch=row.ownership == Ownership.DIFFERS,
        since=row.first_used_at or row.added_at,
        minimum=_in_wallet(least, rate),
        maximum=None if most is None else _in_wallet(most, rate),
        why_not=why_not,
    )


def _why_not(row: Instrument, offer: MethodOffer | None, now: datetime) -> str:
    if row.blocked_at is not None:
        return "It is blocked."
    if row.expires is not None and row.expires < now.date():
        return "It has expired."
    if offer is None:
        return "Nothing can be paid out by this method."
    return "" if offer.open else offer.why_not_text or "It is not offered now."


def _wallet_units(player: Player, currency: str, now: datetime) -> tuple[Decimal, Decimal] | None:
    """Units per base of the payment's currency and the wallet's; equal where they are one; None: no conversion."""
    if currency == player.currency:
        return (Decimal(1), Decimal(1))
    try:
        rate = rate_of(brand_id=player.brand_id, source=player.currency, target=currency, now=now)
    except (ConversionNotOffered, TemporarilyUnavailable):
        return None
    return (rate.target_units, rate.source_units)


def _in_wallet(amount: Decimal, units: tuple[Decimal, Decimal] | None) -> Decimal:
    return amount if units is None or units[0] == units[1] else converted(amount, units[0], units[1], 2)


def _paid_to(player_id: int, besides: int | None) -> dict[int, Decimal]:
    """What was paid, or is held to be paid, to each instrument."""
    rows = Payout.objects.filter(
        player_id=player_id, instrument__isnull=False, state__in=(*LIVE, PayoutState.CONFIRMED)
    ).exclude(withdrawal_id=besides or 0)
    return dict(rows.values_list("instrument_id").annotate(Sum("held")))


def _last_deposits(player_id: int) -> dict[int, tuple[str, str]]:
    """Method and currency of the newest credited deposit from each instrument."""
    rows = Deposit.objects.filter(player_id=player_id, transaction_id__isnull=False, instrument__isnull=False)
    return {row[0]: (row[1], row[2]) for row in rows.order_by("pk").values_list("instrument_id", "method", "currency")}
