from django.db import models
from django.db.models import Q

from compliance.harm.enums import Channel


class Interaction(models.Model):
    """What somebody saw, did and heard in a case; and what changed 7 and 30 days later, counted once by the job."""

    case = models.ForeignKey("harm.Case", on_delete=models.PROTECT, related_name="interactions")
    player = models.ForeignKey("players.Player", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    by = models.CharField(max_length=100)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    seen = models.CharField(max_length=2000, help_text="What was seen.")
    done = models.CharField(max_length=2000, help_text="What was done.")
    answer = models.CharField(max_length=2000, default="", blank=True, help_text="What the player said.")
    score = models.IntegerField(help_text="At that moment.")
    after_7 = models.JSONField(null=True, help_text="What changed in 7 days.")
    after_30 = models.JSONField(null=True, help_text="What changed in 30 days.")

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(name="interaction_says_what_was_seen_and_done", condition=~Q(seen="") & ~Q(done="")),
            models.CheckConstraint(name="interaction_channel_known", condition=Q(channel__in=Channel.values)),
        ]
        indexes = [
            models.Index(fields=["player", "-at"], name="interactions_of_player"),
            models.Index(fields=["at"], name="interactions_after_7", condition=Q(after_7__isnull=True)),
            models.Index(fields=["at"], name="interactions_after_30", condition=Q(after_30__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"interaction {self.pk}"
