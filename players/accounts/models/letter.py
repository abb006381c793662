from django.db import models
from django.db.models import Q

from players.accounts.enums import LetterKind


class Letter(models.Model):
    """An e-mail that is owed to a player, written with what it tells of and sent by a task: losing the broker loses
    none. Links are made when it is sent, so that no token stands here."""

    player = models.ForeignKey("players.Player", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20, choices=LetterKind.choices)
    facts = models.JSONField(default=dict, help_text="What it tells, nothing personal.")
    address = models.BinaryField(null=True, help_text="Encrypted; only where it goes to a former address, until sent.")
    created_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    given_up = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(name="letter_kind_known", condition=Q(kind__in=LetterKind.values)),
            models.CheckConstraint(
                name="sent_letter_keeps_no_address", condition=Q(sent_at__isnull=True) | Q(address__isnull=True)
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"], condition=Q(sent_at__isnull=True, given_up=""), name="letters_to_send"
            ),
            models.Index(fields=["player", "-id"], name="letters_of_player"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to player {self.player_id}"
