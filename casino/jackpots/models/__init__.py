from casino.jackpots.models.jackpot import Jackpot, JackpotGame

__all__ = ["Jackpot", "JackpotGame"]
