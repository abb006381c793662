from typing import Final

from django.db.models import TextChoices


class RegisterName(TextChoices):
    """The registers that policies name."""

    GAMSTOP = "gamstop", "GAMSTOP"
    SPELPAUS = "spelpaus", "Spelpaus"
    ROFUS = "rofus", "ROFUS"
    CRUKS = "cruks", "CRUKS"
    OASIS = "oasis", "OASIS"
    NJ_DGE = "nj_dge", "NJ DGE list"
    SIMULATED = "simulated", "Simulated register"


class Occasion(TextChoices):
    """Why a register is asked; the words of the policy `exclusion.register`."""

    REGISTRATION = "registration", "Registration"
    SIGN_IN = "sign_in", "Sign-in"
    DEPOSIT = "deposit", "Deposit"
    MARKETING = "marketing", "Before marketing"
    DAILY = "daily", "Daily refresh"
    STAFF = "staff", "By hand"


class RegisterOutcome(TextChoices):
    """What a register said, or why nothing is known."""

    NO_MATCH = "no_match", "Not registered"
    PREVIOUSLY = "previously", "Registered before, ended"
    MATCH = "match", "Excluded"
    TIMEOUT = "timeout", "No answer in time"
    UNREACHABLE = "unreachable", "Not reachable"
    SERVER_ERROR = "server_error", "Failed (5xx)"
    REFUSED = "refused", "Refused our question"
    GARBAGE = "garbage", "Not understood"
    NOT_CONFIGURED = "not_configured", "Register not connected"
    INCOMPLETE = "incomplete", "Player's details incomplete"


CLEAR: Final = frozenset({RegisterOutcome.NO_MATCH, RegisterOutcome.PREVIOUSLY})
ANSWERED: Final = CLEAR | {RegisterOutcome.MATCH}
