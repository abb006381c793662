from django.db import models
from django.db.models import Q

from casino.cashier.enums import DepositState


class DepositStep(models.Model):
    """One thing that happened to a deposit: a change of state, or news that changed nothing, with why. Append-only.

    A fact that a gateway tells stands here once (`news_key`); told again, the database refuses the second row.
    """

    deposit = models.ForeignKey("cashier.Deposit", on_delete=models.PROTECT, related_name="steps")
    before = models.CharField(max_length=20, default="", help_text="Empty for the first.")
    after = models.CharField(max_length=20, choices=DepositState.choices)
    at = models.DateTimeField()
    actor = models.CharField(max_length=100)
    note = models.CharField(max_length=500, default="")
    gateway = models.CharField(max_length=40, default="")
    news_key = models.CharField(max_length=200, default="")
    message_id = models.BigIntegerField(null=True, help_text="The gateway's message, if one told.")
    transaction_id = models.UUIDField(null=True, help_text="The ledger transaction of this step.")

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                name="deposit_news_counts_once", fields=["gateway", "news_key"], condition=~Q(news_key="")
            ),
            models.CheckConstraint(name="deposit_step_state_known", condition=Q(after__in=DepositState.values)),
        ]

    def __str__(self) -> str:
        return f"{self.before or 'new'} → {self.after}"
