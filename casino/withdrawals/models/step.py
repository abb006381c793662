from django.db import models


class WithdrawalStep(models.Model):
    """One move of a withdrawal: who, when, why, and the rules as they stood. Never edited."""

    withdrawal = models.ForeignKey("withdrawals.Withdrawal", on_delete=models.PROTECT, related_name="steps")
    before = models.CharField(max_length=12, blank=True)
    after = models.CharField(max_length=12)
    at = models.DateTimeField()
    actor = models.CharField(max_length=100)
    reason = models.CharField(max_length=500, default="", blank=True)
    checks = models.JSONField(default=list, help_text="Each rule green or red with its sentence; empty: not asked.")
    risk = models.JSONField(default=dict)
    rule = models.ForeignKey("withdrawals.Rule", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
