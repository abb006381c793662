from django.db import models

from casino.play.enums import LegKind


class Leg(models.Model):
    """One booked call of a round. Its id is the `wallet_transaction_id` that the provider received.

    The ledger transaction has the same id where money moved; a loss and a free-round bet move none.
    `real` and `bonus` are the stored split of a bet, and of a win after its bet (wallet-api-v1 §4.7).
    """

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=10, choices=LegKind.choices)
    round = models.ForeignKey(
        "play.Round", null=True, on_delete=models.PROTECT, related_name="legs", db_constraint=False
    )
    player = models.ForeignKey(
        "players.Player", on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    provider = models.ForeignKey(
        "games.Provider", on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    provider_transaction_id = models.CharField(max_length=255)
    game = models.ForeignKey(
        "games.Game", null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    session = models.ForeignKey(
        "play.GameSession", null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    win_kind = models.CharField(max_length=10, default="")
    free_round = models.CharField(max_length=255, default="", help_text="The provider's free-round id.")
    real = models.DecimalField(max_digits=38, decimal_places=18)
    bonus = models.DecimalField(max_digits=38, decimal_places=18)
    contribution = models.DecimalField(max_digits=38, decimal_places=18, help_text="Share of the stake for the pool.")
    fx_rate = models.ForeignKey(
        "wallet.FxRate", null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    related = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
        help_text="The bet of a win, the original of a rollback.",
    )
    reversed_by = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    booked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.provider_transaction_id}"
