from django.db import models
from django.db.models import Q

from common.money import decimal_text


class FxRate(models.Model):
    """How many units of `currency` one unit of the base currency bought on a day; never edited.

    A later load of the same day and source with another figure is a new row with a higher `revision`.
    """

    currency = models.CharField(max_length=5)
    units_per_base = models.DecimalField(max_digits=30, decimal_places=12)
    valid_on = models.DateField()
    source = models.CharField(max_length=60, help_text="Who published it, such as ECB.")
    revision = models.PositiveSmallIntegerField(default=1)
    file_sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    class Meta:
        ordering = ["-valid_on", "currency"]
        constraints = [
            models.CheckConstraint(name="fx_rate_positive", condition=Q(units_per_base__gt=0)),
            models.UniqueConstraint(
                name="one_rate_per_currency_day_source_revision",
                fields=["currency", "valid_on", "source", "revision"],
            ),
        ]

    def __str__(self) -> str:
        return f"{decimal_text(self.units_per_base)} {self.currency} on {self.valid_on}"
