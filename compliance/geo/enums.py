from django.db.models import TextChoices


class LocationOutcome(TextChoices):
    """What a look at an address said. Only INSIDE opens play where a location is required."""

    INSIDE = "inside", "Inside the border"
    OUTSIDE = "outside", "Outside the border"
    CROSSES = "crosses", "The circle of confidence crosses the border"
    UNKNOWN = "unknown", "Not known"
    VPN = "vpn", "VPN, proxy or Tor"
    HOSTING = "hosting", "Hosting provider"
