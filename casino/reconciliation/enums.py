"""Words of the reconciliation with game providers."""

from django.db.models import TextChoices


class StatementFormat(TextChoices):
    """How a statement is written; each has a module in `formats/`."""

    CSV = "csv", "Our own CSV"
    JSON = "json", "Our own JSON, an object per line"
    HUB88 = "hub88", "Hub88 transaction list"
    PRAGMATIC = "pragmatic", "Pragmatic data feed: transactions"
    PRAGMATIC_ROUNDS = "pragmatic_rounds", "Pragmatic data feed: game rounds"
    FAILED_QUEUE = "failed_queue", "Games Global failed-transaction queue"


# Lists of everything that a provider booked in their period; the others are lists of what is left to do.
COMPLETE = (StatementFormat.CSV, StatementFormat.JSON, StatementFormat.HUB88, StatementFormat.PRAGMATIC)


class Origin(TextChoices):
    """How a statement came."""

    UPLOAD = "upload", "Uploaded by a person"
    FOLDER = "folder", "Found in the folder"
    FETCH = "fetch", "Fetched from the provider"


class StatementState(TextChoices):
    """A statement is read whole or not at all."""

    RECEIVED = "received", "Waiting to be read"
    MATCHED = "matched", "Matched"
    REFUSED = "refused", "Can not be read"


class LineKind(TextChoices):
    """What a line tells; the first three and jackpots are told by the names that legs have."""

    BET = "bet", "Bet"
    WIN = "win", "Win"
    ROLLBACK = "rollback", "Rollback"
    JACKPOT = "jackpot", "Jackpot win"
    ROUND = "round", "Round"


class LineState(TextChoices):
    """How the provider has it."""

    BOOKED = "booked", "Stands"
    ROLLED_BACK = "rolled_back", "Rolled back"
    OPEN = "open", "Round open"
    CLOSED = "closed", "Round closed"
    REFUNDED = "refunded", "Round refunded"


class BreakKind(TextChoices):
    """What does not fit between a provider's statement and our books."""

    MISSING_OURS = "missing_ours", "Missing in our books"
    MISSING_THEIRS = "missing_theirs", "Missing at the provider"
    AMOUNT = "amount", "Another amount"
    STATUS = "status", "Stands on one side only"
    CURRENCY = "currency", "Another currency"
    DAY_BOUNDARY = "day_boundary", "On another day"
    DUPLICATE = "duplicate", "Told twice"
    LATE = "late", "Booked late"


AGREES = "agrees"
VERDICTS = ((AGREES, "Agrees"), *BreakKind.choices)


class BreakState(TextChoices):
    """Where a break stands; nothing is deleted, and what is closed may be opened again."""

    OPEN = "open", "Open"
    EXPLAINED = "explained", "Explained"
    CORRECTED = "corrected", "Corrected"
    WRITTEN_OFF = "written_off", "Written off"
    CLOSED = "closed", "Closed"


class StepKind(TextChoices):
    """What was done about a break."""

    FOUND = "found", "Found"
    OWNED = "owned", "Taken by"
    ASKED = "asked", "Provider asked"
    PROPOSED = "proposed", "Correction proposed"
    EXPLAINED = "explained", "Explained"
    CORRECTED = "corrected", "Corrected"
    WRITTEN_OFF = "written_off", "Written off"
    CLOSED = "closed", "Closed"
    REOPENED = "reopened", "Opened again"


class Way(TextChoices):
    """How a break is corrected: always by the services that a call of the provider would have used."""

    PAY_WIN = "pay_win", "Pay the win"
    ROLL_BACK = "roll_back", "Take the transaction back"
    GIVE_BACK = "give_back", "Give the player the difference"
