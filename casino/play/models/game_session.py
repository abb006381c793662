from django.db import models
from django.db.models import Q

from casino.play.enums import SessionEnd, SessionMode


class GameSession(models.Model):
    """One launch of one game: first a one-time token, then a session that idles out after 30 minutes."""

    public_id = models.CharField(max_length=40, unique=True)
    player = models.ForeignKey("players.Player", on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey("games.Provider", on_delete=models.PROTECT, related_name="+")
    game = models.ForeignKey("games.Game", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    mode = models.CharField(max_length=4, choices=SessionMode.choices, default=SessionMode.REAL)
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    token_expires_at = models.DateTimeField()
    launched_at = models.DateTimeField()
    authenticated_at = models.DateTimeField(null=True, blank=True, help_text="When the token was exchanged.")
    last_seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=10, choices=SessionEnd.choices, default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="session_end_has_a_reason",
                condition=Q(ended_at__isnull=True, end_reason="")
                | Q(ended_at__isnull=False, end_reason__in=SessionEnd.values),
            ),
        ]
        indexes = [
            models.Index(fields=["last_seen_at"], name="session_alive", condition=Q(ended_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.public_id
