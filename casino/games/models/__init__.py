from casino.games.models.game import Game
from casino.games.models.provider import Provider
from casino.games.models.provider_key import ProviderKey

__all__ = ["Game", "Provider", "ProviderKey"]
