from django.db import models


class Watch(models.Model):
    """How far a watcher has read the books, and when it last ran: a watcher that missed its time was stopped."""

    name = models.CharField(max_length=40, primary_key=True)
    through_order = models.BigIntegerField(help_text="Rows with a lower commit order have been looked at.")
    ran_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class PlayOfDay(models.Model):
    """What a player staked, won, paid in and was paid on one day (UTC), in the base currency, as far as the watcher
    has read. `transferred` is deposits and withdrawals together.
    """

    player_id = models.BigIntegerField()
    day = models.DateField()
    staked = models.DecimalField(max_digits=38, decimal_places=18, default=0)
    won = models.DecimalField(max_digits=38, decimal_places=18, default=0)
    transferred = models.DecimalField(max_digits=38, decimal_places=18, default=0)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(name="one_play_of_day_per_player", fields=["day", "player_id"])]

    def __str__(self) -> str:
        return f"player {self.player_id} on {self.day}"
