"""What the cashier reckons with, and tells others. Every amount is in the currency beside it. No framework here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from common.money import ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """The stored rates and margin of a conversion: units of each currency for one of the base, margin in percent.

    Ids are of wallet.FxRate (None for the base currency itself) and cashier.ConversionMargin.
    """

    source_units: Decimal
    target_units: Decimal
    source_id: int | None
    target_id: int | None
    valid_on: date | None
    percent: Decimal
    margin_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A payment in exact figures, on both sides.

    `amount` moves at the gateway, in `currency`; `fee` of it is the house's. `wallet` moves in the player's wallet, in
    `wallet_currency`; `margin` is the house's part of the conversion, in the same. Of a deposit amount - fee is
    exchanged for wallet + margin; of a payout wallet - margin is exchanged for amount + fee. In one currency there is
    no margin and no rate. What is rounded, half-even to minor units, are wallet + margin and margin; the rest follows.
    """

    amount: Decimal
    currency: str
    wallet: Decimal
    wallet_currency: str
    fee: Decimal = ZERO
    margin: Decimal = ZERO
    rate: Rate | None = None

    @property
    def converts(self) -> bool:
        """Whether two currencies are involved."""
        return self.currency != self.wallet_currency


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopItem:
    """What came from one instrument and went back to it, in `currency`, that of the wallet (closed loop).

    `paid_out` is what withdrawals paid or are paying. `remaining` is what may still go back: never below zero.
    """

    instrument_id: int
    currency: str
    deposited: Decimal
    returned: Decimal
    paid_out: Decimal
    last_deposit_at: datetime | None = None

    @property
    def remaining(self) -> Decimal:
        """What may still go back to it as coming from it."""
        return max(ZERO, self.deposited - self.returned - self.paid_out)
