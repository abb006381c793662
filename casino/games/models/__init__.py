from casino.games.models.game import Game
from casino.games.models.key_handover import KeyHandover
from casino.games.models.provider import Provider
from casino.games.models.provider_key import ProviderKey
from casino.games.models.stop import Stop
from casino.games.models.stop_review import StopReview

__all__ = ["Game", "KeyHandover", "Provider", "ProviderKey", "Stop", "StopReview"]

from casino.games.models import history as _history  # noqa: F401 - below the models whose changes it keeps
