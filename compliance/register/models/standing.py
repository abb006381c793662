from django.db import models
from django.db.models import Q

from compliance.register.enums import RegisterName, RegisterOutcome


class RegisterStanding(models.Model):
    """What a register said last about a player. The gate reads it: `clear` and not past `valid_until`, or no play."""

    player = models.OneToOneField("players.Player", primary_key=True, on_delete=models.PROTECT, related_name="+")
    register = models.CharField(max_length=12, choices=RegisterName.choices)
    outcome = models.CharField(max_length=14, choices=RegisterOutcome.choices)
    clear = models.BooleanField()
    asked_at = models.DateTimeField()
    valid_until = models.DateTimeField()
    lookup = models.ForeignKey("register.RegisterLookup", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="standing_clear_by_an_answer", condition=Q(clear=False) | Q(outcome__in=["no_match", "previously"])
            ),
        ]
        indexes = [models.Index(fields=["asked_at"], name="register_standing_oldest")]

    def __str__(self) -> str:
        return f"{self.register} on player {self.player_id}"
