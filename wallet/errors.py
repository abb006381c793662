"""What the wallet refuses."""

from __future__ import annotations

from common.errors import Refusal


class InsufficientFunds(Refusal):
    code = "insufficient_funds"
    message = "The balance does not cover the amount."


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
