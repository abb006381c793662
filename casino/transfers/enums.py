from django.db.models import TextChoices


class VisitState(TextChoices):
    """Where a player's money is on its way to a provider and back (states.py says what may follow what)."""

    OPENING = "opening", "On its way there"
    AT_PROVIDER = "at_provider", "At the provider"
    RETURNING = "returning", "On its way back"
    CLOSED = "closed", "Back"
    REFUSED = "refused", "Refused by the provider"
    ABORTED = "aborted", "Never arrived"


class Direction(TextChoices):
    OUT = "out", "To the provider"
    IN = "in", "Back to the player"


class LegState(TextChoices):
    """One movement: what we know of it. Unknown money is asked about before anything else moves."""

    PLANNED = "planned", "Planned"
    SENT = "sent", "Sent"
    UNKNOWN = "unknown", "Answer unknown"
    CONFIRMED = "confirmed", "Confirmed"
    FAILED = "failed", "Did not happen"


class Purpose(TextChoices):
    """What a provider is called for."""

    LAUNCH = "launch", "Launch"
    CREDIT = "credit", "Money to the provider"
    DEBIT_ALL = "debit_all", "Money back"
    STATUS = "status", "What became of it"
    BALANCE = "balance", "Balance there"


class Standing(TextChoices):
    """What a provider's answer says about the movement that it was asked for."""

    DONE = "done", "Done"
    REFUSED = "refused", "Refused"
    ABSENT = "absent", "The provider knows nothing of it"
    UNKNOWN = "unknown", "No answer that can be trusted"


class ReturnReason(TextChoices):
    """Why money comes back."""

    EXIT = "exit", "Left by the player"
    IDLE = "idle", "Idle for too long"
    ENDED = "ended", "Game session ended"
    SIGNED_OUT = "signed_out", "Player signed out"
    NOT_ALLOWED = "not_allowed", "The player may not play now"
    STOPPED = "stopped", "Play was stopped"
    LAUNCH_FAILED = "launch_failed", "The game did not open"
    STAFF = "staff", "Brought back by staff"
