"""Every change of a jackpot's settings, and of what feeds it, is kept (compliance.audit.history)."""

from casino.jackpots.models.jackpot import Jackpot, JackpotGame
from compliance.audit.history import history_kept

history_kept(Jackpot)
history_kept(JackpotGame, part_of=(Jackpot, "jackpot_id"))
