from django.db import models
from django.db.models import Q

from players.accounts.enums import SessionEnd


class PlayerSession(models.Model):
    """One sign-in of a player. The bearer token is kept as its SHA-256 alone; `public_id` names it in lists (G-16).

    `last_seen_at` is written at most every SEEN_EVERY (services/sessions.py), never later than the activity itself;
    `strong_at` is the last full proof of identity (G-15).
    """

    public_id = models.CharField(max_length=40, unique=True)
    player = models.ForeignKey("players.Player", on_delete=models.PROTECT, related_name="+", db_index=False)
    token_digest = models.BinaryField(unique=True)
    device = models.ForeignKey("accounts.Device", on_delete=models.PROTECT, related_name="+", db_index=False)
    ip = models.GenericIPAddressField(null=True)
    user_agent = models.CharField(max_length=300)
    created_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    strong_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=12, choices=SessionEnd.choices, default="", blank=True)

    class Meta:
        default_permissions = ("view",)
        permissions = [("end_playersession", "Can end a player's sign-ins")]
        constraints = [
            models.CheckConstraint(
                name="ended_session_tells_why",
                condition=Q(ended_at__isnull=True, end_reason="")
                | Q(ended_at__isnull=False, end_reason__in=SessionEnd.values),
            ),
        ]
        indexes = [
            models.Index(fields=["player", "-created_at"], name="sessions_of_player"),
            models.Index(fields=["player"], condition=Q(ended_at__isnull=True), name="open_sessions_of_player"),
        ]

    def __str__(self) -> str:
        return self.public_id
