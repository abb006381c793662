from django.db import models
from django.db.models import Q

from players.accounts.enums import TokenPurpose


class OneTimeToken(models.Model):
    """A link that was sent by e-mail, kept as its SHA-256: used once, until it expires (G-13)."""

    player = models.ForeignKey("players.Player", on_delete=models.PROTECT, related_name="+", db_index=False)
    purpose = models.CharField(max_length=20, choices=TokenPurpose.choices)
    digest = models.BinaryField(unique=True)
    login_index = models.BinaryField(help_text="Of the e-mail address it was sent to: another one makes it void.")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="token_purpose_known", condition=Q(purpose__in=TokenPurpose.values)),
            models.CheckConstraint(name="token_expires", condition=Q(expires_at__gt=models.F("created_at"))),
        ]
        indexes = [models.Index(fields=["player", "purpose", "-created_at"], name="tokens_of_player")]

    def __str__(self) -> str:
        return f"{self.purpose} for player {self.player_id}"
