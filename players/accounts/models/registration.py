from django.db import models
from django.db.models import Q

from players.accounts.enums import RegistrationOutcome


class Registration(models.Model):
    """One attempt to open an account that was decided, with its reason and nothing personal (G-11).

    `player` is who was opened; `matched` the account that the person has already.
    """

    brand = models.ForeignKey("players.Brand", on_delete=models.PROTECT, related_name="+", db_index=False)
    outcome = models.CharField(max_length=16, choices=RegistrationOutcome.choices)
    player = models.OneToOneField("players.Player", null=True, on_delete=models.PROTECT, related_name="+")
    matched = models.ForeignKey("players.Player", null=True, on_delete=models.PROTECT, related_name="+")
    matched_by = models.CharField(max_length=40, default="", blank=True)
    country = models.CharField(max_length=2)
    ip = models.GenericIPAddressField(null=True)
    attempted_at = models.DateTimeField()

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                name="registration_outcome_known", condition=Q(outcome__in=RegistrationOutcome.values)
            ),
            models.CheckConstraint(
                name="registration_opens_or_refuses",
                condition=Q(outcome=RegistrationOutcome.OPENED, player__isnull=False)
                | (~Q(outcome=RegistrationOutcome.OPENED) & Q(player__isnull=True)),
            ),
        ]
        indexes = [models.Index(fields=["-attempted_at"], name="registrations_by_time")]

    def __str__(self) -> str:
        return f"{self.outcome} at {self.attempted_at}"
