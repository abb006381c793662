from players.personal.models.personal_data import PersonalData, PersonalKey
from players.personal.models.reveal import Reveal

__all__ = ["PersonalData", "PersonalKey", "Reveal"]

from players.personal.models import history as _history  # noqa: F401 - below the models whose changes it keeps
