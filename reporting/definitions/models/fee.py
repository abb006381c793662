from django.db import models
from django.db.models import Q

from reporting.definitions.models.definition import DatedRow


class FeeRow(DatedRow):
    """What a game provider is owed for a month (KPI-07), from a day on (reporting/definitions/fees.py)."""

    provider = models.ForeignKey("games.Provider", on_delete=models.PROTECT, related_name="+", db_index=False)
    basis = models.CharField(max_length=40, help_text="Code of a definition, such as KPI-04.")
    percentage = models.DecimalField(max_digits=9, decimal_places=6, help_text="Such as 12.5.")
    tiers = models.JSONField(default=list, help_text="[[bound, percentage], …] as texts: for the part above the bound.")
    minimum = models.DecimalField(max_digits=38, decimal_places=18, default=0, help_text="A month, in the currency.")
    currency = models.CharField(max_length=5)
    carries_over = models.BooleanField(help_text="A negative month is set off against later ones.")

    class Meta:
        ordering = ["provider", "-valid_from"]
        verbose_name = "provider fee"
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(name="one_provider_fee_per_version", fields=["provider", "version"]),
            models.UniqueConstraint(name="one_provider_fee_per_day", fields=["provider", "valid_from"]),
            models.CheckConstraint(
                name="provider_fee_not_negative",
                condition=Q(percentage__gte=0, percentage__lte=100, minimum__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"fee of provider {self.provider_id} from {self.valid_from}"
