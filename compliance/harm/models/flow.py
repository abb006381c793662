from django.db import models
from django.db.models import Q


class Flow(models.Model):
    """A deposit, a withdrawal or a release of set-aside money, as markers count them. Base currency."""

    player_id = models.BigIntegerField()
    kind = models.CharField(max_length=12)
    booked_at = models.DateTimeField()
    base = models.DecimalField(max_digits=38, decimal_places=18)
    after_loss = models.BooleanField(default=False, help_text="A deposit soon after losing.")

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="flow_kind_known", condition=Q(kind__in=["deposit", "withdrawal", "hold", "hold_release"])
            )
        ]
        indexes = [
            models.Index(fields=["player_id", "booked_at"], name="flow_of_player"),
            models.Index(fields=["booked_at"], name="flow_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of player {self.player_id}"
