from django.db import models
from django.db.models import Q

from casino.cashier.enums import ChargebackState


class Chargeback(models.Model):
    """A dispute of a deposit: announced, money taken, money back. A second one is a row of its own.

    `amount` is disputed, in the deposit's `currency`; `taken` left the player's wallet, of which `owed` was not there
    and became a receivable, in the wallet's currency.
    """

    deposit = models.ForeignKey("cashier.Deposit", on_delete=models.PROTECT, related_name="chargebacks")
    number = models.PositiveSmallIntegerField(help_text="1, or 2 for one that followed a reversal.")
    state = models.CharField(max_length=10, choices=ChargebackState.choices)
    amount = models.DecimalField(max_digits=38, decimal_places=18)
    currency = models.CharField(max_length=5)
    taken = models.DecimalField(max_digits=38, decimal_places=18, default=0)
    owed = models.DecimalField(max_digits=38, decimal_places=18, default=0)
    code = models.CharField(max_length=100, default="")
    text = models.CharField(max_length=300, default="")
    gateway_reference = models.CharField(max_length=200, default="")
    evidence_due = models.DateField(help_text="Until when evidence may be sent.")
    evidence_sent_at = models.DateTimeField(null=True)
    evidence_sent_by = models.CharField(max_length=100, default="")
    opened_at = models.DateTimeField()
    booked_at = models.DateTimeField(null=True)
    reversed_at = models.DateTimeField(null=True)
    transaction_id = models.UUIDField(null=True, unique=True)
    reversal_id = models.UUIDField(null=True, unique=True)

    class Meta:
        default_permissions = ("view",)
        permissions = [("send_chargeback_evidence", "Can record that evidence against a chargeback was sent")]
        constraints = [
            models.UniqueConstraint(name="chargebacks_in_order", fields=["deposit", "number"]),
            models.CheckConstraint(name="chargeback_state_known", condition=Q(state__in=ChargebackState.values)),
            models.CheckConstraint(name="chargeback_twice_at_most", condition=Q(number__in=[1, 2])),
            models.CheckConstraint(
                name="chargeback_booked_by_a_transaction",
                condition=~Q(state=ChargebackState.BOOKED) | Q(transaction_id__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["evidence_due"], name="chargeback_due")]

    def __str__(self) -> str:
        return f"{self.deposit.reference}, {self.number}."
