from django.db import models
from django.db.models import Q

from compliance.geo.enums import LocationOutcome


class LocationCheck(models.Model):
    """Where a player's address was found, and whether play is allowed from there (G-30). Never edited."""

    player = models.ForeignKey("players.Player", on_delete=models.PROTECT, related_name="+", db_index=False)
    ip = models.GenericIPAddressField()
    outcome = models.CharField(max_length=10, choices=LocationOutcome.choices)
    allowed = models.BooleanField()
    country = models.CharField(max_length=2, blank=True)
    region = models.CharField(max_length=3, blank=True)
    city = models.CharField(max_length=100, blank=True)
    radius_km = models.IntegerField(null=True)
    jurisdiction = models.CharField(max_length=8, help_text="Whose border it was held against.")
    database_build = models.BigIntegerField(default=0, help_text="Unix time at which the database was built.")
    policy_row_id = models.BigIntegerField(null=True)
    checked_at = models.DateTimeField()

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(name="location_outcome_known", condition=Q(outcome__in=LocationOutcome.values)),
            models.CheckConstraint(
                name="location_allowed_inside_alone", condition=Q(allowed=False) | Q(outcome=LocationOutcome.INSIDE)
            ),
        ]
        indexes = [models.Index(fields=["player", "-checked_at"], name="locations_of_player")]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} ({self.country or 'nowhere'})"
