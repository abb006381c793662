"""The closed loop: money goes back first to where it came from, up to what came from there."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from casino.cashier.enums import ChargebackState, RefundState
from casino.cashier.models import Chargeback, Deposit, Refund
from casino.cashier.types import LoopItem
from common.money import ZERO


def closed_loop(player_id: int, paid_out: Mapping[int, Decimal] | None = None) -> tuple[LoopItem, ...]:
    """Per instrument of the player what was deposited, and returned by refund, chargeback or reversal.

    `paid_out` is what the caller, who knows withdrawals, paid to each instrument, by its id, in the wallet's currency.
    In the order of the last deposit, newest first. Deposits without a known instrument are in no loop.
    """
    deposits = Deposit.objects.filter(player_id=player_id, transaction_id__isnull=False, instrument__isnull=False)
    rows = list(deposits.order_by("credited_at"))
    back = returned_of(player_id)
    found: dict[int, LoopItem] = {}
    for row in rows:
        assert row.instrument_id is not None
        kept = found.pop(row.instrument_id, None)
        found[row.instrument_id] = LoopItem(
            instrument_id=row.instrument_id, currency=row.credit_currency,
            deposited=(kept.deposited if kept else ZERO) + row.credit,
            returned=(kept.returned if kept else ZERO) + back.get(row.pk, ZERO),
            paid_out=(paid_out or {}).get(row.instrument_id, ZERO), last_deposit_at=row.credited_at,
        )  # fmt: skip
    return tuple(reversed(found.values()))


def returned_of(player_id: int) -> dict[int, Decimal]:
    """What went back of each credited deposit, by its id, in the wallet's currency."""
    found: dict[int, Decimal] = {}
    for deposit_id, taken in Chargeback.objects.filter(
        deposit__player_id=player_id, state=ChargebackState.BOOKED
    ).values_list("deposit_id", "taken"):
        found[deposit_id] = found.get(deposit_id, ZERO) + taken
    refunds = Refund.objects.filter(deposit__player_id=player_id, transaction_id__isnull=False)
    whole = set(refunds.exclude(state=RefundState.FAILED).values_list("deposit_id", flat=True))
    whole |= set(Deposit.objects.filter(player_id=player_id, state="reversed").values_list("pk", flat=True))
    for row in Deposit.objects.filter(pk__in=whole, transaction_id__isnull=False):
        found[row.pk] = row.credit
    return found
