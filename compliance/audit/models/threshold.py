from django.db import models
from django.db.models import Q

from compliance.audit.enums import ThresholdKind


class Threshold(models.Model):
    """From a moment on: from which size an event is significant. Append-only: a new row puts a new value in force."""

    kind = models.CharField(max_length=20, choices=ThresholdKind.choices)
    value = models.DecimalField(
        max_digits=38, decimal_places=18, help_text="In the base currency; refused sign-ins are a number."
    )
    valid_from = models.DateTimeField()
    set_by = models.CharField(max_length=100, help_text="Who set it, such as staff:7.")
    reason = models.CharField(max_length=300)

    class Meta:
        ordering = ["-pk"]
        default_permissions = ("view",)
        permissions = [("set_threshold", "Can set from which size an event is significant")]
        constraints = [
            models.CheckConstraint(name="threshold_kind_known", condition=Q(kind__in=ThresholdKind.values)),
            models.CheckConstraint(name="threshold_above_zero", condition=Q(value__gt=0)),
            models.CheckConstraint(name="threshold_has_a_reason", condition=~Q(reason="") & ~Q(set_by="")),
            models.UniqueConstraint(name="one_threshold_per_kind_and_moment", fields=["kind", "valid_from"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} from {self.valid_from:%Y-%m-%d %H:%M} UTC"
