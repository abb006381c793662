from players.admin.brand import BrandAdmin
from players.admin.player import PlayerAdmin

__all__ = ["BrandAdmin", "PlayerAdmin"]
