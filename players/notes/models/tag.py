from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from players.notes.enums import TagColour


class Tag(models.Model):
    """A word that staff put on players, with its colour and what it means. Retired, never deleted."""

    name = models.CharField(max_length=40, unique=True)
    colour = models.CharField(max_length=10, choices=TagColour.choices, default=TagColour.GREY)
    meaning = models.CharField(max_length=200, help_text="When to put it on a player, in one sentence.")
    retired = models.BooleanField(default=False, help_text="Stays where it is, and is put on nobody any more.")

    class Meta:
        default_permissions = ("add", "change", "view")
        permissions = [("set_tag", "Can put tags on players and take them off")]
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(name="tag_colour_known", condition=Q(colour__in=TagColour.values)),
            models.UniqueConstraint(Lower("name"), name="tag_named_once_whatever_its_case"),
        ]

    def __str__(self) -> str:
        return self.name


class PlayerTag(models.Model):
    """A tag on a player, from when until when and by whom."""

    player = models.ForeignKey("players.Player", on_delete=models.PROTECT, related_name="+", db_index=False)
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="+")
    put_by = models.CharField(max_length=100)
    put_at = models.DateTimeField()
    removed_by = models.CharField(max_length=100, default="")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                name="tag_once_on_a_player", fields=["player", "tag"], condition=Q(removed_at__isnull=True)
            ),
            models.CheckConstraint(
                name="tag_removal_names_its_author",
                condition=Q(removed_at__isnull=True, removed_by="") | (Q(removed_at__isnull=False) & ~Q(removed_by="")),
            ),
        ]
        indexes = [models.Index(fields=["player"], name="tags_ever_on_a_player")]

    def __str__(self) -> str:
        return f"tag {self.tag_id} of player {self.player_id}"
