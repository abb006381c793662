from django.db import models
from django.db.models import Q


class MoneyFlow(models.Model):
    """One deposit or withdrawal, in the base currency as booked: what the sums of AML-06 are made of.

    A copy of the ledger by player, counted once by its transaction.
    """

    transaction_id = models.UUIDField(primary_key=True)
    player_id = models.BigIntegerField()
    kind = models.CharField(max_length=10)
    base = models.DecimalField(max_digits=38, decimal_places=18)
    booked_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="kyc_flow_kind_known", condition=Q(kind__in=["deposit", "withdrawal"])),
            models.CheckConstraint(name="kyc_flow_is_money", condition=Q(base__gte=0)),
        ]
        indexes = [models.Index(fields=["player_id", "booked_at"], name="kyc_flows_of_player")]

    def __str__(self) -> str:
        return f"{self.kind} of player {self.player_id}"
