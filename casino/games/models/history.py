"""Every change of providers, their keys, games and stops is kept (compliance.audit.history); never a secret."""

from casino.games.models.game import Game
from casino.games.models.provider import Provider
from casino.games.models.provider_key import ProviderKey
from casino.games.models.stop import Stop
from compliance.audit.history import history_kept

history_kept(Provider)
history_kept(ProviderKey, exclude=["secret_encrypted"])
history_kept(Game)
history_kept(Stop)
