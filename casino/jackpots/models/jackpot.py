from django.db import models
from django.db.models import Q

from common.currencies import currency_choices


class Jackpot(models.Model):
    """A progressive pot of a provider. Its money is the ledger account `jackpot_pool` of this code.

    `seed` is what the house guarantees: a win that leaves less is followed by a top-up in the same transaction.
    """

    provider = models.ForeignKey("games.Provider", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=100)
    currency = models.CharField(max_length=5, choices=currency_choices())
    seed = models.DecimalField(max_digits=38, decimal_places=18)
    enabled = models.BooleanField(default=True)

    class Meta:
        ordering = ["provider", "code"]
        constraints = [
            models.UniqueConstraint(name="jackpot_code_unique_per_provider", fields=["provider", "code"]),
            models.CheckConstraint(name="jackpot_seed_not_negative", condition=Q(seed__gte=0)),
        ]

    def __str__(self) -> str:
        return self.name


class JackpotGame(models.Model):
    """A game that feeds a jackpot; a game feeds one at most."""

    jackpot = models.ForeignKey(Jackpot, on_delete=models.PROTECT, related_name="fed_by")
    game = models.OneToOneField("games.Game", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"game {self.game_id} feeds jackpot {self.jackpot_id}"
