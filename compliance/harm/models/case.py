from django.db import models
from django.db.models import F, Q

from compliance.harm.enums import CaseState, Tier


class Case(models.Model):
    """Work about a player who may come to harm, from the level that opens one until somebody closes it.

    The level rises by itself with the assessments and never falls by itself; `due_at` is by when somebody must have
    acted, by the policy of the level. `rank` is the level as a number, so that an index orders the queue.
    """

    player = models.ForeignKey("players.Player", on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=8, choices=CaseState.choices, default=CaseState.OPEN)
    tier = models.CharField(max_length=8, choices=Tier.choices)
    rank = models.SmallIntegerField()
    score = models.IntegerField()
    assessment = models.ForeignKey("harm.Assessment", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    first_acted_at = models.DateTimeField(null=True, help_text="When somebody recorded the first interaction.")
    review_asked_at = models.DateTimeField(null=True, help_text="When the player asked for a person to look at it.")
    review_words = models.CharField(max_length=1000, default="", blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=100, default="", blank=True)
    outcome = models.CharField(max_length=1000, default="", blank=True)

    class Meta:
        default_permissions = ("view",)
        permissions = [
            ("record_interaction", "Can record interactions with players at risk"),
            ("override_tier", "Can set the level of a case by hand, with a reason"),
            ("review_step", "Can review steps that were taken automatically"),
            ("close_case", "Can close cases of players at risk"),
        ]
        constraints = [
            models.CheckConstraint(name="harm_case_tier_known", condition=Q(tier__in=Tier.values)),
            models.CheckConstraint(
                name="harm_case_closed_with_an_outcome",
                condition=Q(state=CaseState.OPEN, closed_at__isnull=True)
                | (Q(state=CaseState.CLOSED, closed_at__isnull=False) & ~Q(closed_by="") & ~Q(outcome="")),
            ),
            models.CheckConstraint(name="harm_case_due_after_it_opened", condition=Q(due_at__gt=F("opened_at"))),
            models.UniqueConstraint(
                name="one_open_harm_case_per_player", fields=["player"], condition=Q(state=CaseState.OPEN)
            ),
        ]
        indexes = [
            models.Index(fields=["-state", "-rank", "due_at"], name="harm_queue"),
            models.Index(fields=["player", "-opened_at"], name="harm_cases_of_player"),
        ]

    def __str__(self) -> str:
        return f"case {self.pk}"
