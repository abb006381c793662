from django.db import models
from django.db.models import Q

from reporting.definitions.models.definition import DatedRow


class DutyRow(DatedRow):
    """A tax on play in a jurisdiction: `rate` (0.21 is 21 %) of what the definition `base` comes to."""

    jurisdiction = models.CharField(max_length=8)
    tax = models.CharField(max_length=40, default="duty", help_text="Such as duty, levy, duty_slots.")
    title = models.CharField(max_length=100)
    rate = models.DecimalField(max_digits=9, decimal_places=6)
    base = models.CharField(max_length=40, help_text="Code of a definition.")

    class Meta:
        ordering = ["jurisdiction", "tax", "-valid_from"]
        verbose_name = "duty"
        verbose_name_plural = "duties"
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(name="one_duty_per_version", fields=["jurisdiction", "tax", "version"]),
            models.UniqueConstraint(name="one_duty_per_day", fields=["jurisdiction", "tax", "valid_from"]),
            models.CheckConstraint(name="duty_is_a_share", condition=Q(rate__gte=0, rate__lte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction} {self.tax} from {self.valid_from}"
