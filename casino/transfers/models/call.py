from django.db import models
from django.db.models import Q

from casino.transfers.enums import Purpose, Standing


class TransferCall(models.Model):
    """One call to a provider and what its answer meant; written once, when the answer was there or given up."""

    visit = models.ForeignKey("transfers.TransferVisit", on_delete=models.PROTECT, related_name="calls")
    leg = models.ForeignKey("transfers.TransferLeg", null=True, on_delete=models.PROTECT, related_name="calls")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    standing = models.CharField(max_length=8, choices=Standing.choices)
    amount = models.DecimalField(max_digits=38, decimal_places=18, null=True)
    note = models.CharField(max_length=200, blank=True, default="")
    busy_ms = models.PositiveIntegerField()
    called_at = models.DateTimeField()

    class Meta:
        verbose_name = "call to a transfer provider"
        verbose_name_plural = "calls to transfer providers"
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(name="transfer_call_purpose_known", condition=Q(purpose__in=Purpose.values)),
            models.CheckConstraint(name="transfer_call_standing_known", condition=Q(standing__in=Standing.values)),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"
