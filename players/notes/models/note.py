from django.db import models
from django.db.models import Q

from players.notes.enums import NoteKind


class Note(models.Model):
    """What a member of staff wrote down about a player.

    Never edited and never deleted: a correction is a new note that supersedes the old one, which stays readable.
    """

    player = models.ForeignKey("players.Player", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=12, choices=NoteKind.choices)
    body = models.CharField(max_length=2000)
    pinned = models.BooleanField(default=False, help_text="Shown at the top of the player's page.")
    author = models.CharField(max_length=100, help_text="Who wrote it, such as staff:7.")
    written_at = models.DateTimeField()
    supersedes = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="successors", db_index=False
    )

    class Meta:
        default_permissions = ("add", "view")
        permissions = [("pin_note", "Can pin notes to the top of a player's page")]
        constraints = [
            models.CheckConstraint(name="note_kind_known", condition=Q(kind__in=NoteKind.values)),
            models.UniqueConstraint(name="note_superseded_once", fields=["supersedes"]),
            models.CheckConstraint(name="note_says_something", condition=~Q(body__regex=r"^\s*$")),
        ]
        indexes = [
            models.Index(fields=["player", "-id"], name="note_of_player"),
            models.Index(fields=["player"], name="note_pinned", condition=Q(pinned=True)),
        ]

    def __str__(self) -> str:
        return f"note {self.pk}"
