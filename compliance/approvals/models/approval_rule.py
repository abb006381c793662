from django.db import models
from django.db.models import Q


class ApprovalRule(models.Model):
    """From a moment on: from which worth a kind needs a third person, and how long its proposals stand. Append-only."""

    kind = models.CharField(max_length=40)
    third_person_from = models.DecimalField(
        max_digits=38, decimal_places=18, null=True, blank=True, help_text="In the base currency; empty: never."
    )
    life_hours = models.PositiveSmallIntegerField(default=24)
    valid_from = models.DateTimeField()
    approval = models.ForeignKey("approvals.Approval", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                name="rule_threshold_not_negative",
                condition=Q(third_person_from__isnull=True) | Q(third_person_from__gte=0),
            ),
            models.CheckConstraint(name="rule_life_within_a_week", condition=Q(life_hours__gte=1, life_hours__lte=168)),
            models.UniqueConstraint(name="one_rule_per_kind_and_moment", fields=["kind", "valid_from"]),
        ]

    def __str__(self) -> str:
        return f"rule of {self.kind} from {self.valid_from:%Y-%m-%d %H:%M} UTC"
