from django.db import models
from django.db.models import Q

from casino.play.enums import RoundState


class Round(models.Model):
    """A provider's round of one player: its bets, its wins, and the balances around it.

    Two players may be in rounds of the same reference (live tables); they are independent.
    """

    provider = models.ForeignKey(
        "games.Provider", on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    player = models.ForeignKey(
        "players.Player", on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    reference = models.CharField(max_length=255, help_text="The provider's own round id.")
    game = models.ForeignKey(
        "games.Game", on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    session = models.ForeignKey(
        "play.GameSession",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    state = models.CharField(max_length=6, choices=RoundState.choices, default=RoundState.OPEN)
    currency = models.CharField(max_length=5)
    fx_rate = models.ForeignKey(
        "wallet.FxRate", null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    staked = models.DecimalField(max_digits=38, decimal_places=18, help_text="Bets less those rolled back.")
    won = models.DecimalField(max_digits=38, decimal_places=18, help_text="Wins less those rolled back.")
    live_bets = models.IntegerField(help_text="Bets not rolled back.")
    live_wins = models.IntegerField(help_text="Wins that settle bets and are not rolled back.")
    dead_bets = models.IntegerField(help_text="Bets rolled back.")
    balance_before = models.DecimalField(max_digits=38, decimal_places=18)
    balance_after = models.DecimalField(max_digits=38, decimal_places=18)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            # The reference before the player: staff search by it alone, and a bet's look-up gives all three.
            models.UniqueConstraint(
                name="one_round_per_provider_player_reference", fields=["provider", "reference", "player"]
            ),
        ]
        indexes = [
            models.Index(fields=["opened_at"], name="round_open_by_age", condition=Q(state=RoundState.OPEN)),
            models.Index(fields=["player", "-id"], name="round_of_player"),
        ]

    def __str__(self) -> str:
        return self.reference
