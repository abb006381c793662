from django.db import models
from django.db.models import Q

from wallet.enums import HoldState


class Hold(models.Model):
    """Money set aside for a purpose: it stands on the player's hold account until released or paid."""

    account = models.ForeignKey("wallet.Account", on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=38, decimal_places=18)
    reason = models.CharField(max_length=100, help_text="What it waits for, such as withdrawal 12.")
    state = models.CharField(max_length=10, choices=HoldState.choices, default=HoldState.OPEN)
    placed_by = models.OneToOneField("wallet.Transaction", on_delete=models.PROTECT, related_name="+")
    ended_by = models.OneToOneField("wallet.Transaction", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(name="hold_amount_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="hold_state_known", condition=Q(state__in=HoldState.values)),
            models.CheckConstraint(
                name="hold_ended_by_a_transaction",
                condition=Q(state=HoldState.OPEN, ended_by__isnull=True)
                | (~Q(state=HoldState.OPEN) & Q(ended_by__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["account"], name="hold_open", condition=Q(state=HoldState.OPEN))]

    def __str__(self) -> str:
        return f"hold {self.pk} ({self.state})"
