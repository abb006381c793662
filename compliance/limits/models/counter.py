from django.db import models
from django.db.models import F, Q

from compliance.limits.enums import LimitPeriod


class Counter(models.Model):
    """What a player did in the running day, week or month, for players with a limit of that period alone.

    Written in the transaction that moves the money, under the wallet's lock; begun from the ledger when the limit is
    set. Amounts in the player's currency. A row whose `ends_at` has passed counts as zero, and the next movement
    starts it anew. `wagered` is every stake; `staked` and `won` are real money alone.
    """

    player = models.ForeignKey("players.Player", on_delete=models.PROTECT, related_name="+", db_index=False)
    period = models.CharField(max_length=5, choices=LimitPeriod.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    wagered = models.DecimalField(max_digits=38, decimal_places=18, default=0)
    staked = models.DecimalField(max_digits=38, decimal_places=18, default=0)
    won = models.DecimalField(max_digits=38, decimal_places=18, default=0)
    deposited = models.DecimalField(
        max_digits=38, decimal_places=18, default=0, help_text="Deposits under way included."
    )
    withdrawn = models.DecimalField(max_digits=38, decimal_places=18, default=0)

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(name="one_counter_per_player_and_period", fields=["player", "period"]),
            models.CheckConstraint(
                name="counter_period_known",
                condition=Q(period__in=[LimitPeriod.DAY, LimitPeriod.WEEK, LimitPeriod.MONTH]),
            ),
            models.CheckConstraint(name="counter_ends_after_its_start", condition=Q(ends_at__gt=F("starts_at"))),
        ]

    def __str__(self) -> str:
        return f"{self.period} of player {self.player_id} from {self.starts_at:%Y-%m-%d %H:%M}"
