from players.accounts.admin.erasure import ErasureAdmin
from players.accounts.admin.player_session import PlayerSessionAdmin
from players.accounts.admin.registration import RegistrationAdmin
from players.accounts.admin.terms_version import TermsVersionAdmin

__all__ = ["ErasureAdmin", "PlayerSessionAdmin", "RegistrationAdmin", "TermsVersionAdmin"]
