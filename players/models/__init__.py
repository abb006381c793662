from players.models.brand import Brand
from players.models.brand_group import BrandGroup
from players.models.player import Player

__all__ = ["Brand", "BrandGroup", "Player"]

from players.models import history as _history  # noqa: F401 - below the models whose changes it keeps
