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
