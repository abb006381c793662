"""Which state may follow which. Pure data; the database holds the same table (migrations/sql, a test compares both)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from casino.cashier.enums import ChargebackState, DepositState, RefundState

S = DepositState
# Money that is confirmed is never turned away, however late it comes: it is credited, or goes back (PAY-05).
MONEY: Final = frozenset({S.CREDITED, S.TO_REFUND})
ENDED: Final = frozenset({S.DECLINED, S.EXPIRED, S.CANCELLED, S.FAILED})
OPEN: Final = frozenset({S.CREATED, S.PENDING, S.AUTHORISED})

DEPOSITS: Final[Mapping[DepositState, frozenset[DepositState]]] = {
    S.CREATED: frozenset({S.PENDING, S.AUTHORISED}) | ENDED | MONEY,
    S.PENDING: frozenset({S.AUTHORISED}) | ENDED | MONEY,
    S.AUTHORISED: ENDED | MONEY,
    S.DECLINED: MONEY,
    S.EXPIRED: MONEY,
    S.CANCELLED: MONEY,
    S.FAILED: MONEY,
    S.CREDITED: frozenset({S.REFUNDING, S.REVERSED, S.CHARGED_BACK}),
    S.TO_REFUND: frozenset({S.REFUNDED, S.REVERSED}),
    S.REFUNDING: frozenset({S.REFUNDED, S.CREDITED}),
    # A paid refund may still come back (REFUNDED_REVERSED): the money is where it was before.
    S.REFUNDED: MONEY,
    S.REVERSED: frozenset(),
    S.CHARGED_BACK: frozenset({S.CHARGEBACK_REVERSED}),
    S.CHARGEBACK_REVERSED: frozenset({S.CHARGED_BACK_AGAIN}),
    S.CHARGED_BACK_AGAIN: frozenset(),
}
REFUNDS: Final[Mapping[RefundState, frozenset[RefundState]]] = {
    RefundState.WAITING: frozenset({RefundState.SENT, RefundState.DONE, RefundState.FAILED}),
    RefundState.SENT: frozenset({RefundState.DONE, RefundState.FAILED}),
    RefundState.DONE: frozenset({RefundState.FAILED}),
    RefundState.FAILED: frozenset(),
}
CHARGEBACKS: Final[Mapping[ChargebackState, frozenset[ChargebackState]]] = {
    ChargebackState.ANNOUNCED: frozenset({ChargebackState.BOOKED, ChargebackState.REVERSED}),
    ChargebackState.BOOKED: frozenset({ChargebackState.REVERSED}),
    ChargebackState.REVERSED: frozenset(),
}


def may_follow(now: str, then: str) -> bool:
    """Whether a deposit in the state `now` may pass into `then`."""
    return DepositState(then) in DEPOSITS[DepositState(now)]
