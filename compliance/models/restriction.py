from django.db import models
from django.db.models import F, Q

from compliance.enums import RestrictionKind


class Restriction(models.Model):
    """A dated reason why a player may not bet. It ends by its own date or by being lifted; rows are never deleted."""

    player = models.ForeignKey("players.Player", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20, choices=RestrictionKind.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True, help_text="Empty: until lifted.")
    reason = models.CharField(max_length=500)
    placed_by = models.CharField(max_length=100, help_text="Who placed it, such as staff:7 or system.")

    class Meta:
        default_permissions = ("view",)
        permissions = [
            ("place_restriction", "Can place a restriction"),
            ("lift_restriction", "Can propose to lift a restriction"),
            ("approve_lift", "Can approve that a restriction is lifted or an account unblocked"),
        ]
        constraints = [
            models.CheckConstraint(name="restriction_kind_known", condition=Q(kind__in=RestrictionKind.values)),
            models.CheckConstraint(
                name="restriction_ends_after_start", condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at"))
            ),
        ]
        indexes = [models.Index(fields=["player", "ends_at"], name="compliance_restriction_live")]

    def __str__(self) -> str:
        return f"{self.kind} of player {self.player_id}"
