from django.db import models
from django.db.models import Q

from compliance.harm.enums import Tier


class Assessment(models.Model):
    """A player's score at a moment with the reasons that make it up. Append-only; written when something changed.

    `findings` is a list of markers with group, value, thresholds, points, evidence and the policy row that counted, so
    that the score can be explained at any later time (GDPR-01, GDPR-06).
    """

    player = models.ForeignKey("players.Player", on_delete=models.PROTECT, related_name="+", db_index=False)
    jurisdiction = models.CharField(max_length=8)
    at = models.DateTimeField()
    evident_at = models.DateTimeField(help_text="When the last thing happened that it looks at.")
    score = models.IntegerField()
    tier = models.CharField(max_length=8, choices=Tier.choices)
    strong = models.BooleanField(help_text="Whether a strong marker is among the findings.")
    findings = models.JSONField()

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(name="harm_tier_known", condition=Q(tier__in=Tier.values)),
            models.CheckConstraint(name="harm_score_not_negative", condition=Q(score__gte=0)),
        ]
        indexes = [models.Index(fields=["player", "-at"], name="assessment_of_player")]

    def __str__(self) -> str:
        return f"assessment {self.pk}: {self.score} points, {self.tier}"
