from django.db import models
from django.db.models import F, Q


class PlayClock(models.Model):
    """How long a player has been playing, across games and reconnects, and when the next reality check is due.

    Begins with the first game after a pause; an acknowledged check sets the next one.
    """

    player = models.OneToOneField("players.Player", primary_key=True, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    interval_minutes = models.IntegerField(null=True, help_text="Between two checks; empty: no checks.")
    due_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    paused_until = models.DateTimeField(null=True, help_text="The pause that the law puts behind a check.")
    policy_row_id = models.BigIntegerField(null=True)

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                name="clock_due_after_start", condition=Q(due_at__isnull=True) | Q(due_at__gt=F("started_at"))
            ),
            models.CheckConstraint(
                name="clock_due_with_an_interval",
                condition=Q(due_at__isnull=True, interval_minutes__isnull=True)
                | Q(due_at__isnull=False, interval_minutes__isnull=False, interval_minutes__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"play clock of player {self.pk}"
