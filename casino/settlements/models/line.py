from django.db import models
from django.db.models import Q

from casino.gateways.enums import NewsKind


class SettlementLine(models.Model):
    """One line of a settlement file, signed from our side: what came in is positive. Append-only."""

    file = models.ForeignKey(
        "settlements.SettlementFile", on_delete=models.PROTECT, related_name="lines", db_index=False
    )
    number = models.IntegerField()
    gateway = models.CharField(max_length=40)
    kind = models.CharField(max_length=30, choices=NewsKind.choices)
    reference = models.CharField(max_length=100, default="", help_text="Our order's, as the gateway repeats it.")
    gateway_reference = models.CharField(max_length=200, default="")
    gross = models.DecimalField(max_digits=38, decimal_places=18)
    fee = models.DecimalField(max_digits=38, decimal_places=18)
    currency = models.CharField(max_length=5)
    booked_on = models.DateField()
    text = models.CharField(max_length=300, default="")

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(name="settlement_lines_in_order", fields=["file", "number"]),
            models.CheckConstraint(name="settlement_line_kind_known", condition=Q(kind__in=NewsKind.values)),
            models.CheckConstraint(name="settlement_line_fee_not_negative", condition=Q(fee__gte=0)),
        ]
        indexes = [
            models.Index(fields=["reference"], name="settlement_line_reference", condition=~Q(reference="")),
            models.Index(fields=["gateway_reference"], name="settlement_line_over_there"),
        ]

    def __str__(self) -> str:
        return f"{self.gross} {self.currency} of {self.reference or self.gateway_reference}"
