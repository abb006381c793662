"""Every change of where a game is offered is kept (compliance.audit.history)."""

from casino.lobby.models.availability import Availability
from compliance.audit.history import history_kept

history_kept(Availability)
