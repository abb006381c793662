from casino.lobby.models.availability import Availability

__all__ = ["Availability"]

from casino.lobby.models import history as _history  # noqa: F401 - below the models whose changes it keeps
