from datetime import timedelta

from django.db import models
from django.db.models import F, Q

# The gate's standing of a player lives at most ten minutes; a row known for longer than that changes nothing behind it.
POLICY_NOTICE = timedelta(minutes=15)
FALLBACK = "*"


class PolicyRow(models.Model):
    """From an instant on: the value of one key in one jurisdiction. Append-only: what held when stays known.

    The row in force at t is the one with the greatest `effective_from` that is not after t; where a jurisdiction has
    none, the row of the fallback `*`.
    """

    jurisdiction = models.CharField(max_length=8, help_text="Such as GB or NJ; * holds where a jurisdiction has none.")
    key = models.CharField(max_length=60)
    value = models.JSONField(null=True, help_text="In the shape of its key; null: no such rule here.")
    effective_from = models.DateTimeField()
    source = models.CharField(max_length=300, help_text="Where it is written: law, page, or whose decision.")
    verified = models.BooleanField(help_text="Whether somebody read it in that source.")
    approval = models.ForeignKey(
        "approvals.Approval", on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    created_at = models.DateTimeField()

    class Meta:
        default_permissions = ("view",)
        permissions = [
            ("propose_policyrow", "Can propose rows of a jurisdiction's policy"),
            ("approve_policyrow", "Can approve rows of a jurisdiction's policy"),
            ("export_policy", "Can export the policy in force at a moment"),
        ]
        constraints = [
            models.UniqueConstraint(name="one_policy_row_per_moment", fields=["jurisdiction", "key", "effective_from"]),
            models.CheckConstraint(
                name="policy_row_is_known_before_it_holds",
                condition=Q(approval__isnull=True) | Q(effective_from__gte=F("created_at") + POLICY_NOTICE),
            ),
            models.CheckConstraint(
                name="policy_row_names_its_jurisdiction",
                condition=Q(jurisdiction=FALLBACK) | Q(jurisdiction__regex="^[A-Z]{2,3}(-[A-Z0-9]{1,4})?$"),
            ),
            models.CheckConstraint(name="policy_row_names_its_source", condition=~Q(source="")),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction} {self.key} from {self.effective_from:%Y-%m-%d %H:%M} UTC"
