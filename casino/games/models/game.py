from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from casino.games.enums import GameCategory


class Game(models.Model):
    """A game of a provider. Stake limits are in the base currency; empty means the provider's apply alone.

    Version, theoretical RTP and volatility belong together (the PAR sheet); the row history dates them (R-14, R-21).
    """

    provider = models.ForeignKey("games.Provider", on_delete=models.PROTECT, related_name="games")
    code = models.CharField(max_length=100)
    name = models.CharField(max_length=100)
    category = models.CharField(max_length=20, choices=GameCategory.choices)
    theoretical_rtp = models.DecimalField(
        max_digits=7, decimal_places=4, help_text="Percent returned to players in the long run, such as 96.5000."
    )
    version = models.CharField(
        max_length=40, blank=True, default="", db_default="", help_text="Of the game as certified, such as 1.4.2."
    )
    volatility = models.DecimalField(
        max_digits=12,
        decimal_places=6,
        null=True,
        blank=True,
        help_text="Standard deviation of one round's return per unit staked, from the PAR sheet, such as 8.0.",
    )
    min_stake = models.DecimalField(max_digits=38, decimal_places=18, null=True, blank=True)
    max_stake = models.DecimalField(max_digits=38, decimal_places=18, null=True, blank=True)
    enabled = models.BooleanField(default=True)
    real_enabled = models.BooleanField(default=True, help_text="May be played with real money.")
    demo_enabled = models.BooleanField(default=True, help_text="May be played for fun.")
    blocked_countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    blocked_brands = ArrayField(models.BigIntegerField(), default=list, blank=True)

    class Meta:
        ordering = ["provider", "code"]
        constraints = [
            models.UniqueConstraint(name="game_code_unique_per_provider", fields=["provider", "code"]),
            models.CheckConstraint(
                name="game_rtp_is_a_percentage", condition=Q(theoretical_rtp__gt=0, theoretical_rtp__lte=100)
            ),
            models.CheckConstraint(
                name="game_volatility_above_zero", condition=Q(volatility__isnull=True) | Q(volatility__gt=0)
            ),
            models.CheckConstraint(
                name="game_stake_limits_ordered",
                condition=Q(min_stake__isnull=True) | Q(max_stake__isnull=True) | Q(min_stake__lte=F("max_stake")),
            ),
        ]

    def __str__(self) -> str:
        return self.name
