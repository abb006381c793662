from django.db import models
from django.db.models import Q

from compliance.approvals.enums import Verdict


class ApprovalDecision(models.Model):
    """What somebody decided about an approval. Append-only; the house's own (expiry) name nobody."""

    approval = models.ForeignKey("approvals.Approval", on_delete=models.PROTECT, related_name="decisions")
    staff = models.ForeignKey(
        "staff.StaffUser", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    person = models.CharField(max_length=40, blank=True, default="", help_text="The decider's personnel number.")
    roles = models.CharField(max_length=300, blank=True, default="", help_text="The decider's roles at the time.")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    reason = models.CharField(max_length=2000)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(name="verdict_known", condition=Q(verdict__in=Verdict.values)),
            models.CheckConstraint(name="decision_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="decision_is_a_persons_or_the_clocks",
                condition=Q(verdict=Verdict.EXPIRE, staff__isnull=True, person="")
                | (~Q(verdict=Verdict.EXPIRE) & Q(staff__isnull=False) & ~Q(person="")),
            ),
            models.UniqueConstraint(name="one_decision_per_person", fields=["approval", "person"]),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} of approval {self.approval_id}"
