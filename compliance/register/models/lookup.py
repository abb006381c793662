from django.db import models
from django.db.models import Q

from compliance.register.enums import Occasion, RegisterName, RegisterOutcome


class RegisterLookup(models.Model):
    """One question to a national register with its outcome and how long it took. Never edited; nothing personal."""

    register = models.CharField(max_length=12, choices=RegisterName.choices)
    jurisdiction = models.CharField(max_length=8)
    occasion = models.CharField(max_length=12, choices=Occasion.choices)
    brand = models.ForeignKey("players.Brand", null=True, on_delete=models.PROTECT, related_name="+")
    player = models.ForeignKey(
        "players.Player", null=True, on_delete=models.PROTECT, related_name="+", db_index=False,
        help_text="Empty at a registration: nobody has an account yet.",
    )  # fmt: skip
    outcome = models.CharField(max_length=14, choices=RegisterOutcome.choices)
    status = models.SmallIntegerField(null=True, help_text="HTTP status of the answer.")
    reference = models.CharField(max_length=64, blank=True, help_text="The register's own number of the lookup.")
    latency_ms = models.IntegerField()
    asked_at = models.DateTimeField()

    class Meta:
        verbose_name = "register lookup"
        default_permissions = ("view",)
        permissions = [("ask_register", "Can ask a national register about a player")]
        constraints = [
            models.CheckConstraint(name="lookup_register_known", condition=Q(register__in=RegisterName.values)),
            models.CheckConstraint(name="lookup_occasion_known", condition=Q(occasion__in=Occasion.values)),
            models.CheckConstraint(name="lookup_outcome_known", condition=Q(outcome__in=RegisterOutcome.values)),
            models.CheckConstraint(name="lookup_took_time", condition=Q(latency_ms__gte=0)),
        ]
        indexes = [
            models.Index(fields=["player", "-asked_at"], name="lookups_of_player"),
            models.Index(fields=["register", "-asked_at"], name="lookups_of_register"),
        ]

    def __str__(self) -> str:
        return f"lookup {self.pk} at {self.register}"
