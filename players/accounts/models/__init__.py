from players.accounts.models.consent import Consent
from players.accounts.models.credential import Credential
from players.accounts.models.device import Device
from players.accounts.models.erasure import Erasure
from players.accounts.models.letter import Letter
from players.accounts.models.one_time_token import OneTimeToken
from players.accounts.models.player_session import PlayerSession
from players.accounts.models.registration import Registration
from players.accounts.models.sign_in_lock import SignInLock
from players.accounts.models.terms import TermsAcceptance, TermsVersion

__all__ = [
    "Consent",
    "Credential",
    "Device",
    "Erasure",
    "Letter",
    "OneTimeToken",
    "PlayerSession",
    "Registration",
    "SignInLock",
    "TermsAcceptance",
    "TermsVersion",
]

from players.accounts.models import history as _history  # noqa: F401 - below the models whose changes it keeps
