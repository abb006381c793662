from django.db import models
from django.db.models import F, Q


class Watched(models.Model):
    """Where the look at a player stands: what of the running stretch of play is known, and whether to assess anew."""

    player = models.OneToOneField("players.Player", on_delete=models.PROTECT, primary_key=True, related_name="+")
    last_bet_at = models.DateTimeField(null=True)
    run_started_at = models.DateTimeField(null=True, help_text="Since when there was no break.")
    changed_at = models.DateTimeField(help_text="When something happened that markers look at.")
    assessed_at = models.DateTimeField(null=True, help_text="Up to which change the player was assessed.")
    looked_at = models.DateTimeField(null=True, help_text="When that was.")
    score = models.IntegerField(default=0)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["changed_at"], name="watched_waiting",
                condition=Q(assessed_at__isnull=True) | Q(assessed_at__lt=F("changed_at")),
            ),
            models.Index(fields=["looked_at"], name="watched_with_score", condition=Q(score__gt=0)),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"player {self.player_id}"
