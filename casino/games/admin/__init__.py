from casino.games.admin.game import GameAdmin
from casino.games.admin.provider import ProviderAdmin
from casino.games.admin.provider_key import ProviderKeyAdmin
from casino.games.admin.stop import StopAdmin

__all__ = ["GameAdmin", "ProviderAdmin", "ProviderKeyAdmin", "StopAdmin"]
