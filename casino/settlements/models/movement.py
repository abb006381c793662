from django.db import models
from django.db.models import Q

from common.money import decimal_text
from wallet.enums import TransactionKind


class Movement(models.Model):
    """What a ledger transaction booked on a gateway's clearing account: what the gateway is to settle. Append-only.

    `amount` is signed from our side (a deposit is positive). The references are those that the gateway was told and
    told us; `also` is the deposit's where it is a refund or chargeback of one.
    """

    transaction_id = models.UUIDField()
    player = models.ForeignKey("players.Player", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    gateway = models.CharField(max_length=40)
    currency = models.CharField(max_length=5)
    amount = models.DecimalField(max_digits=38, decimal_places=18)
    kind = models.CharField(max_length=20, choices=TransactionKind.choices)
    reference = models.CharField(max_length=100, default="")
    gateway_reference = models.CharField(max_length=200, default="")
    also = models.CharField(max_length=100, default="")
    booked_at = models.DateTimeField()

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(name="movement_gathered_once", fields=["transaction_id", "gateway", "currency"]),
        ]
        indexes = [
            models.Index(fields=["reference"], name="movement_reference", condition=~Q(reference="")),
            models.Index(fields=["gateway_reference"], name="movement_over_there", condition=~Q(gateway_reference="")),
            models.Index(fields=["also"], name="movement_also", condition=~Q(also="")),
            models.Index(fields=["gateway", "currency", "booked_at"], name="movement_by_age"),
        ]

    def __str__(self) -> str:
        return f"{decimal_text(self.amount)} {self.currency} of {self.reference or self.transaction_id}"


class GatheredTo(models.Model):
    """How far the ledger has been read: one row, only ever forward."""

    commit_order = models.BigIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.commit_order)
