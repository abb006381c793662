"""Words of settlements."""

from django.db.models import TextChoices


class BreakKind(TextChoices):
    """What does not fit between a gateway's files and our ledger."""

    UNKNOWN = "unknown", "Settled, but unknown to us"
    MISSING = "missing", "Booked by us, not settled"
    DIFFERS = "differs", "Settled with another amount"


class BreakState(TextChoices):
    """Where a break stands; nothing is deleted, and what is closed may be opened again."""

    OPEN = "open", "Open"
    EXPLAINED = "explained", "Explained"
    CLOSED = "closed", "Closed by a person"
    SETTLED = "settled", "Came right by itself"
