from casino.play.admin.game_session import GameSessionAdmin
from casino.play.admin.leg import LegAdmin
from casino.play.admin.round import RoundAdmin

__all__ = ["GameSessionAdmin", "LegAdmin", "RoundAdmin"]
