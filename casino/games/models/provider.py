from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from casino.games.enums import ProviderProtocol


class Provider(models.Model):
    """A game provider and what we agreed with it. Stake limits are in the base currency; empty means none."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    protocol = models.CharField(max_length=20, choices=ProviderProtocol.choices, default=ProviderProtocol.WALLET_V1)
    enabled = models.BooleanField(default=True)
    is_sandbox = models.BooleanField(default=False, help_text="Admits any address while SANDBOX=1, test players only.")
    allowed_networks = ArrayField(
        models.CharField(max_length=43), default=list, blank=True, help_text="CIDR list; empty admits nobody."
    )
    rate_limit = models.PositiveIntegerField(default=2000, help_text="Calls a second.")
    min_stake = models.DecimalField(max_digits=38, decimal_places=18, null=True, blank=True)
    max_stake = models.DecimalField(max_digits=38, decimal_places=18, null=True, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="provider_stake_limits_ordered",
                condition=Q(min_stake__isnull=True) | Q(max_stake__isnull=True) | Q(min_stake__lte=F("max_stake")),
            ),
            models.CheckConstraint(name="provider_rate_limit_positive", condition=Q(rate_limit__gt=0)),
        ]

    def __str__(self) -> str:
        return self.name
