from django.db import models
from django.db.models import Q

FALLBACK = "*"


class Rule(models.Model):
    """The numbers of withdrawals in a jurisdiction from an instant on: append-only, two people write one.

    The row in force is the newest of the jurisdiction that has begun; where it has none, the one of `*`. Amounts in
    the base currency.
    """

    jurisdiction = models.CharField(max_length=8, help_text="Such as GB; * holds where a jurisdiction has none.")
    effective_from = models.DateTimeField()
    auto_amount = models.DecimalField(max_digits=38, decimal_places=18, help_text="By rule up to this; 0: none.")
    auto_risk = models.IntegerField(help_text="Approved by rule up to this risk score.")
    four_eyes_from = models.DecimalField(max_digits=38, decimal_places=18, help_text="From here two people approve.")
    turnover_times = models.DecimalField(max_digits=6, decimal_places=2, help_text="Deposits are staked so often.")
    game_weights = models.JSONField(default=dict, help_text="Share of a stake that counts, by game category.")
    kyc_level = models.SmallIntegerField(help_text="Level that is proved before money leaves.")
    kyc_level_high = models.SmallIntegerField(help_text="Level from the high amount on.")
    kyc_high_from = models.DecimalField(max_digits=38, decimal_places=18)
    cool_down_hours = models.IntegerField(help_text="A new instrument rests so long.")
    day_count = models.IntegerField()
    day_sum = models.DecimalField(max_digits=38, decimal_places=18)
    week_count = models.IntegerField()
    week_sum = models.DecimalField(max_digits=38, decimal_places=18)
    kyc_wait_days = models.IntegerField(help_text="Waiting for documents ends after so long.")
    sla_hours = models.IntegerField(help_text="A person looks within this.")
    weights = models.JSONField(default=dict, help_text="Points of each factor of risk.")
    source = models.CharField(max_length=300, help_text="Whose decision, and why.")
    approval = models.ForeignKey(
        "approvals.Approval", on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "rule of withdrawals"
        verbose_name_plural = "rules of withdrawals"
        default_permissions = ("view",)
        permissions = [
            ("propose_rule", "Can propose rules of withdrawals"),
            ("decide_rule", "Can approve rules of withdrawals"),
        ]
        constraints = [
            models.UniqueConstraint(name="one_withdrawal_rule_per_moment", fields=["jurisdiction", "effective_from"]),
            models.CheckConstraint(name="withdrawal_rule_names_its_source", condition=~Q(source="")),
            models.CheckConstraint(
                name="withdrawal_rule_amounts_not_negative",
                condition=Q(
                    auto_amount__gte=0, four_eyes_from__gte=0, turnover_times__gte=0, kyc_high_from__gte=0,
                    cool_down_hours__gte=0, day_count__gte=1, week_count__gte=1, day_sum__gt=0, week_sum__gt=0,
                    kyc_wait_days__gte=1, sla_hours__gte=1,
                ),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.jurisdiction} from {self.effective_from:%Y-%m-%d %H:%M} UTC"
