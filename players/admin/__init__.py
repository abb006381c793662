from players.admin.brand import BrandAdmin
from players.admin.brand_group import BrandGroupAdmin
from players.admin.player import PlayerAdmin

__all__ = ["BrandAdmin", "BrandGroupAdmin", "PlayerAdmin"]
