"""Changes of how somebody signs in are kept, secrets left out."""

from compliance.audit.history import history_kept
from players.accounts.models.credential import Credential
from players.accounts.models.erasure import Erasure
from players.models import Player

history_kept(
    Credential, exclude=["password", "totp_secret", "totp_last_step", "login_index"], part_of=(Player, "player_id")
)
history_kept(Erasure, part_of=(Player, "player_id"))
