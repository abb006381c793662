from django.db import models
from django.db.models import Q

from casino.gateways.enums import Standing


class DepositTry(models.Model):
    """A deposit at one gateway: asked for once per gateway of the route, in its order, with what was answered."""

    deposit = models.ForeignKey("cashier.Deposit", on_delete=models.PROTECT, related_name="tries")
    number = models.PositiveSmallIntegerField()
    gateway = models.CharField(max_length=40)
    gateway_method = models.CharField(max_length=60, default="", help_text="The gateway's own code of the method.")
    why = models.CharField(max_length=300, default="", help_text="Why this gateway was next.")
    standing = models.CharField(
        max_length=20, choices=Standing.choices, default="", help_text="Empty while it is asked."
    )
    gateway_reference = models.CharField(max_length=200, default="")
    code = models.CharField(max_length=100, default="", help_text="The gateway's own reason.")
    text = models.CharField(max_length=300, default="")
    stopped = models.BooleanField(default=False, help_text="Its code is one that ends a deposit (a stop code).")
    started_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True, help_text="When the gateway was last asked what became of it.")

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(name="deposit_tried_once_per_gateway", fields=["deposit", "gateway"]),
            models.UniqueConstraint(name="deposit_tries_in_order", fields=["deposit", "number"]),
            models.CheckConstraint(
                name="deposit_try_standing_known", condition=Q(standing="") | Q(standing__in=Standing.values)
            ),
        ]
        indexes = [
            models.Index(
                fields=["gateway", "gateway_reference"],
                name="deposit_try_at_gateway",
                condition=~Q(gateway_reference=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.gateway}: {self.standing or 'asked'}"
