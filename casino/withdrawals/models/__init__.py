from casino.withdrawals.models.payout import Payout
from casino.withdrawals.models.rule import Rule
from casino.withdrawals.models.step import WithdrawalStep
from casino.withdrawals.models.withdrawal import Withdrawal

__all__ = ["Payout", "Rule", "Withdrawal", "WithdrawalStep"]

from casino.withdrawals.models import history as _history  # noqa: F401 - below the models whose changes it keeps
