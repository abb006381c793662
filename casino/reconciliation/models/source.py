from decimal import Decimal

from django.db import models
from django.db.models import Q

from casino.reconciliation.enums import StatementFormat


class StatementSource(models.Model):
    """How a provider's statements come, and up to what worth a difference is written off (in the base currency)."""

    provider = models.OneToOneField("games.Provider", on_delete=models.PROTECT, related_name="+")
    format = models.CharField(max_length=20, choices=StatementFormat.choices, default=StatementFormat.CSV)
    address = models.URLField(max_length=300, blank=True, default="", help_text="With {day} in it; empty: no fetching.")
    folder = models.CharField(
        max_length=100, blank=True, default="", help_text="Below RECONCILIATION_FOLDER; empty: none."
    )
    time_zone = models.CharField(max_length=60, default="UTC", help_text="Of times that tell none, and of its days.")
    token = models.BinaryField(null=True, help_text="Sent as a bearer token; stored encrypted.")
    tolerance = models.DecimalField(
        max_digits=38,
        decimal_places=18,
        default=Decimal(1),
        help_text="In the base currency; nothing above is written off.",
    )
    enabled = models.BooleanField(default=True)

    class Meta:
        verbose_name = "source of statements"
        verbose_name_plural = "sources of statements"
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(name="source_format_known", condition=Q(format__in=StatementFormat.values)),
            models.CheckConstraint(name="source_tolerance_not_negative", condition=Q(tolerance__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} {self.format}"
