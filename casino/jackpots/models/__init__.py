from casino.jackpots.models.jackpot import Jackpot, JackpotGame

__all__ = ["Jackpot", "JackpotGame"]

from casino.jackpots.models import history as _history  # noqa: F401 - below the models whose changes it keeps
