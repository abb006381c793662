from players.models.brand import Brand
from players.models.player import Player

__all__ = ["Brand", "Player"]
