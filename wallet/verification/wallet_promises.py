"""The wallet's own promises, in the order in which a break is best told: from single rows to the whole."""

from __future__ import annotations

from wallet.verification import accounts, answers, holds, house, references, reversals, seals, transactions
from wallet.verification.registry import promise_register


def wallet_promises_register() -> None:
    """Called once from the app's ready(), and again without harm."""
    for room in (transactions, references, accounts, holds, reversals, answers, house, seals):
        for promise in room.PROMISES:
            promise_register(promise)
