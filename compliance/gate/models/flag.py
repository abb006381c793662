from django.db import models
from django.db.models import F, Q

from compliance.gate.enums import FlagKind


class Flag(models.Model):
    """One touchpoint blocked for a player, or a risk that closes several. Its end is all that ever changes."""

    player = models.ForeignKey("players.Player", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20, choices=FlagKind.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True, help_text="Empty: until lifted.")
    reason = models.CharField(max_length=500)
    placed_by = models.CharField(max_length=100, help_text="Who placed it, such as staff:7 or system:harm.")
    lifted_by = models.CharField(max_length=100, default="", blank=True)
    lift_reason = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        default_permissions = ("view",)
        permissions = [
            ("place_flag", "Can block a player's deposits, bets or withdrawals, and set risk flags"),
            ("lift_flag", "Can propose to lift a block or a risk flag"),
            ("approve_flag_lift", "Can approve that a block or a risk flag is lifted"),
        ]
        constraints = [
            models.CheckConstraint(name="flag_kind_known", condition=Q(kind__in=FlagKind.values)),
            models.CheckConstraint(name="flag_reason_told", condition=~Q(reason="") & ~Q(placed_by="")),
            models.CheckConstraint(
                name="flag_ends_after_start", condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at"))
            ),
            models.CheckConstraint(
                name="flag_lift_is_told",
                condition=Q(lifted_by="", lift_reason="")
                | (~Q(lifted_by="") & ~Q(lift_reason="") & Q(ends_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["player", "ends_at"], name="flags_of_player")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of player {self.player_id}"
