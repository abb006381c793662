from casino.play.models.game_session import GameSession
from casino.play.models.leg import Leg
from casino.play.models.round import Round

__all__ = ["GameSession", "Leg", "Round"]
