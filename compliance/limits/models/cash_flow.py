from django.db import models
from django.db.models import Q

from compliance.limits.enums import DepositState


class DepositReservation(models.Model):
    """A deposit that was let in under the caps: it counts from its authorisation on, and no more once it failed."""

    player = models.ForeignKey("players.Player", on_delete=models.PROTECT, related_name="+", db_index=False)
    reference = models.CharField(max_length=100, help_text="The cashier's name of the deposit.")
    amount = models.DecimalField(max_digits=38, decimal_places=18)
    currency = models.CharField(max_length=5)
    state = models.CharField(max_length=10, choices=DepositState.choices, default=DepositState.RESERVED)
    reserved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    transaction_id = models.UUIDField(null=True, help_text="The ledger transaction that booked it.")

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(name="deposit_reserved_once", fields=["player", "reference"]),
            models.CheckConstraint(name="deposit_reserves_something", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="deposit_reservation_state_known", condition=Q(state__in=DepositState.values)),
            models.CheckConstraint(
                name="deposit_reservation_ended_or_open",
                condition=Q(state=DepositState.RESERVED, ended_at__isnull=True)
                | (~Q(state=DepositState.RESERVED) & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="deposit_settled_by_a_transaction",
                condition=Q(state=DepositState.SETTLED, transaction_id__isnull=False)
                | (~Q(state=DepositState.SETTLED) & Q(transaction_id__isnull=True)),
            ),
        ]
        indexes = [models.Index(fields=["player", "reserved_at"], name="deposit_of_player")]

    def __str__(self) -> str:
        return f"deposit {self.reference} ({self.state})"


class CountedWithdrawal(models.Model):
    """A withdrawal that was paid out, as net deposits count it."""

    player = models.ForeignKey("players.Player", on_delete=models.PROTECT, related_name="+", db_index=False)
    reference = models.CharField(max_length=100, help_text="The cashier's name of the withdrawal.")
    amount = models.DecimalField(max_digits=38, decimal_places=18)
    currency = models.CharField(max_length=5)
    paid_at = models.DateTimeField()

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(name="withdrawal_counted_once", fields=["player", "reference"]),
            models.CheckConstraint(name="withdrawal_counts_something", condition=Q(amount__gt=0)),
        ]
        indexes = [models.Index(fields=["player", "paid_at"], name="withdrawal_of_player")]

    def __str__(self) -> str:
        return f"withdrawal {self.reference}"
