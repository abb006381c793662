from casino.games.admin.game import GameAdmin
from casino.games.admin.provider import ProviderAdmin
from casino.games.admin.provider_key import ProviderKeyAdmin

__all__ = ["GameAdmin", "ProviderAdmin", "ProviderKeyAdmin"]
