"""What the wallet refuses."""

from __future__ import annotations

from common.errors import Refusal


class InsufficientFunds(Refusal):
    code = "insufficient_funds"
    message = "The balance does not cover the amount."


class HoldNotFound(Refusal):
    code = "hold_not_found"
    message = "No such hold."


class HoldEnded(Refusal):
    code = "hold_ended"
    message = "The hold was released or paid out before."


class TransactionUnknown(Refusal):
    code = "transaction_unknown"
    message = "The ledger has no such transaction."


class NotReversible(Refusal):
    """Play, holds and reversals have ways back of their own; `kind` says which it is."""

    code = "not_reversible"
    message = "A transaction of this kind is not reversed here."


class AlreadyReversed(Refusal):
    code = "already_reversed"
    message = "The transaction was reversed before."


class Busy(Refusal):
    """The wallet row was locked for longer than the budget."""

    code = "busy"
    message = "The player's wallet is busy; repeat with the same id."
    retry = True
    recorded = False


class TemporarilyUnavailable(Refusal):
    code = "temporarily_unavailable"
    message = "The wallet can not answer now; repeat with the same id."
    retry = True
    recorded = False
