from django.db.models import TextChoices


class PlayerStatus(TextChoices):
    """Whether an account may play. Exclusions and limits are restrictions of compliance, not states."""

    ACTIVE = "active", "Active"
    BLOCKED = "blocked", "Blocked"
    CLOSED = "closed", "Closed"
