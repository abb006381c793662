from players.personal.models.personal_data import PersonalData, PersonalKey
from players.personal.models.reveal import Reveal

__all__ = ["PersonalData", "PersonalKey", "Reveal"]
