from django.db import models
from django.db.models import F, Q


class RealityInterval(models.Model):
    """How often a player wants to be told how long and with what result he has played."""

    player = models.OneToOneField("players.Player", primary_key=True, on_delete=models.PROTECT, related_name="+")
    minutes = models.IntegerField()
    chosen_at = models.DateTimeField()

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(name="reality_interval_within_a_day", condition=Q(minutes__gt=0, minutes__lte=1440)),
        ]

    def __str__(self) -> str:
        return f"every {self.minutes} minutes, player {self.pk}"


class RealityCheck(models.Model):
    """A reality check as it was shown and acknowledged. Amounts in `currency`, since `started_at`. Never edited."""

    player = models.ForeignKey("players.Player", on_delete=models.PROTECT, related_name="+", db_index=False)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField()
    staked = models.DecimalField(max_digits=38, decimal_places=18)
    won = models.DecimalField(max_digits=38, decimal_places=18)
    currency = models.CharField(max_length=5)
    paused_until = models.DateTimeField(null=True)
    policy_row_id = models.BigIntegerField(null=True)

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(name="reality_check_acknowledged_once", fields=["player", "due_at"]),
            models.CheckConstraint(
                name="reality_check_acknowledged_when_due", condition=Q(acknowledged_at__gte=F("due_at"))
            ),
        ]
        indexes = [models.Index(fields=["player", "-acknowledged_at"], name="reality_checks_of_player")]

    def __str__(self) -> str:
        return f"reality check of player {self.player_id}, {self.acknowledged_at:%Y-%m-%d %H:%M}"
