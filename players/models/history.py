"""Every change of a player and of a brand is kept, whoever makes it (compliance.audit.history)."""

from compliance.audit.history import history_kept
from players.models.brand import Brand
from players.models.brand_group import BrandGroup
from players.models.player import Player

history_kept(Brand)
history_kept(BrandGroup)
history_kept(Player)
