from django.db import models


class PlayDay(models.Model):
    """What a player played on a UTC day, summed from the ledger in commit order. Amounts in the base currency."""

    player_id = models.BigIntegerField()
    day = models.DateField()
    bets = models.IntegerField(default=0)
    night_bets = models.IntegerField(default=0, help_text="By the player's own clock.")
    staked = models.DecimalField(max_digits=38, decimal_places=18, default=0)
    won = models.DecimalField(max_digits=38, decimal_places=18, default=0)
    largest_stake = models.DecimalField(max_digits=38, decimal_places=18, default=0)
    played_ms = models.BigIntegerField(default=0)
    longest_run_ms = models.BigIntegerField(default=0, help_text="Of a stretch without a break that ended this day.")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(name="one_play_day_per_player", fields=["player_id", "day"])]
        indexes = [models.Index(fields=["day"], name="play_day_by_day")]

    def __str__(self) -> str:
        return f"player {self.player_id} on {self.day}"
