from casino.jackpots.admin.jackpot import JackpotAdmin

__all__ = ["JackpotAdmin"]
