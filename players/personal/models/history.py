"""Every change of personal data is kept, encrypted as it is: unreadable with the person's key gone.

The keys themselves have no history: deleting one is erasure.
"""

from compliance.audit.history import history_kept
from players.models import Player
from players.personal.models.personal_data import PersonalData

history_kept(PersonalData, part_of=(Player, "player_id"))
