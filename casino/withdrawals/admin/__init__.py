from casino.withdrawals.admin.payout import PayoutAdmin
from casino.withdrawals.admin.rule import RuleAdmin
from casino.withdrawals.admin.withdrawal import WithdrawalAdmin

__all__ = ["PayoutAdmin", "RuleAdmin", "WithdrawalAdmin"]
