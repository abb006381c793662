from django.db.models import TextChoices


class DeviceKind(TextChoices):
    """On what a game runs."""

    DESKTOP = "desktop", "Desktop"
    MOBILE = "mobile", "Mobile"
    TABLET = "tablet", "Tablet"
