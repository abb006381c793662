from django.db import models


class LimitReview(models.Model):
    """A reminder to look at one's limits, and when the player did (UK-08)."""

    player = models.ForeignKey("players.Player", on_delete=models.PROTECT, related_name="+", db_index=False)
    reminded_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                name="one_open_review_per_player",
                fields=["player"],
                condition=models.Q(reviewed_at__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["player", "-reminded_at"], name="review_of_player")]

    def __str__(self) -> str:
        return f"review of player {self.player_id} of {self.reminded_at:%Y-%m-%d}"
