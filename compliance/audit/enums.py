from enum import StrEnum

from django.db.models import TextChoices


class Outcome(TextChoices):
    """What came of it."""

    DONE = "done", "Done"
    REFUSED = "refused", "Refused"
    FAILED = "failed", "Failed"


class Severity(TextChoices):
    """How soon a person should look at it."""

    INFO = "info", "Information"
    NOTICE = "notice", "Notice"
    WARNING = "warning", "Warning"
    CRITICAL = "critical", "Critical"


class Significant(StrEnum):
    """The regulator's list of significant events (compliance.md §1.5), as far as the platform sees them."""

    LOGIN_BURST = "Failed sign-in burst"
    INTEGRITY = "Program error or authentication mismatch"
    UNAVAILABLE = "Significant unavailability"
    LARGE_WIN = "Large win"
    LARGE_WAGER = "Large wager"
    LARGE_TRANSFER = "Large financial transaction"
    CORRECTION = "System void, override or correction"
    OUTSIDE = "Change of live data outside normal operation"
    PARAMETER = "Change of a policy or parameter"
    GAME_PARAMETER = "Change of game parameters"
    JACKPOT_PARAMETER = "Change of jackpot parameters"
    ADJUSTMENT = "Adjustment of a player's balance"
    PERSONAL_DATA = "Change of personal or sensitive data"
    DEACTIVATION = "Account deactivation"
    NEGATIVE_BALANCE = "Negative balance"
    DATA_LOSS = "Irrecoverable loss of sensitive data"
    INTERVENTION = "Other intervention of a person"


class ThresholdKind(TextChoices):
    """Sizes from which an event is significant."""

    LARGE_WIN = "large_win", "One win"
    WINS_OF_DAY = "wins_of_day", "A player's wins of a day"
    LARGE_WAGER = "large_wager", "One stake"
    WAGERS_OF_DAY = "wagers_of_day", "A player's stakes of a day"
    LARGE_TRANSFER = "large_transfer", "One deposit or withdrawal"
    TRANSFERS_OF_DAY = "transfers_of_day", "A player's deposits and withdrawals of a day"
    REFUSED_SIGN_INS = "refused_sign_ins", "Refused sign-ins within ten minutes"
