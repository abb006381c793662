from django.db import models
from django.db.models import Q

from casino.cashier.enums import RefundOrigin, RefundState


class Refund(models.Model):
    """A whole deposit on its way back to where it came from; `amount` is what the player paid, in `currency`.

    Of a credited one the ledger has let go of the money when this row is made (`transaction_id`); of one that was
    never credited it lies in suspense until the refund is confirmed.
    """

    reference = models.CharField(max_length=40, unique=True, help_text="Ours, told to gateways.")
    deposit = models.ForeignKey("cashier.Deposit", on_delete=models.PROTECT, related_name="refunds")
    origin = models.CharField(max_length=10, choices=RefundOrigin.choices)
    amount = models.DecimalField(max_digits=38, decimal_places=18)
    currency = models.CharField(max_length=5)
    state = models.CharField(max_length=10, choices=RefundState.choices, default=RefundState.WAITING)
    reason = models.CharField(max_length=300)
    asked_by = models.CharField(max_length=100)
    approval = models.CharField(max_length=100, default="", help_text="The approval that asked for it, if one did.")
    gateway_reference = models.CharField(max_length=200, default="")
    note = models.CharField(max_length=300, default="")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    transaction_id = models.UUIDField(null=True, unique=True, help_text="Player or suspense to clearing.")
    return_id = models.UUIDField(null=True, unique=True, help_text="The transaction of its coming back.")

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(name="refund_state_known", condition=Q(state__in=RefundState.values)),
            models.CheckConstraint(name="refund_origin_known", condition=Q(origin__in=RefundOrigin.values)),
            models.CheckConstraint(name="refund_is_money", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="refund_paid_by_a_transaction",
                condition=~Q(state=RefundState.DONE) | Q(transaction_id__isnull=False, ended_at__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_refund_at_a_time", fields=["deposit"], condition=~Q(state=RefundState.FAILED)
            ),
        ]
        indexes = [
            models.Index(fields=["created_at"], name="refund_open", condition=Q(state__in=["waiting", "sent"])),
            models.Index(fields=["-created_at"], name="refund_newest"),
        ]

    def __str__(self) -> str:
        return self.reference
