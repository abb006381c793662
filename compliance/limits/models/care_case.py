from django.db import models
from django.db.models import Q

from compliance.limits.enums import CaseKind, CaseState


class CareCase(models.Model):
    """Something to be checked or said because of how much a player deposits or allows himself, with its outcome.

    A cleared or concerned case stands until `valid_until`, and is used again instead of a new one (UK-17).
    """

    player = models.ForeignKey("players.Player", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=15, choices=CaseKind.choices)
    state = models.CharField(max_length=10, choices=CaseState.choices, default=CaseState.OPEN)
    figure = models.DecimalField(max_digits=38, decimal_places=18, help_text="What was reached.")
    threshold = models.DecimalField(max_digits=38, decimal_places=18, help_text="What the policy allows without it.")
    currency = models.CharField(max_length=5)
    window = models.CharField(max_length=20, help_text="rolling_30d, calendar_month or limit.")
    policy_row_id = models.BigIntegerField(null=True, help_text="The policy row then in force.")
    opened_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=100, default="")
    rationale = models.CharField(max_length=1000, default="")
    allowed = models.DecimalField(
        max_digits=38, decimal_places=18, null=True, help_text="Net deposits of a month found affordable."
    )
    valid_until = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ("view",)
        permissions = [("decide_carecase", "Can decide checks about what a player can afford")]
        constraints = [
            models.CheckConstraint(name="care_case_kind_known", condition=Q(kind__in=CaseKind.values)),
            models.CheckConstraint(name="care_case_state_known", condition=Q(state__in=CaseState.values)),
            models.CheckConstraint(
                name="care_case_decided_with_a_rationale",
                condition=Q(state=CaseState.OPEN, decided_at__isnull=True)
                | (~Q(state=CaseState.OPEN) & Q(decided_at__isnull=False) & ~Q(rationale="") & ~Q(decided_by="")),
            ),
            models.UniqueConstraint(
                name="one_open_care_case_per_kind", fields=["player", "kind"], condition=Q(state=CaseState.OPEN)
            ),
        ]
        indexes = [
            models.Index(fields=["player", "kind", "-opened_at"], name="care_case_of_player"),
            models.Index(fields=["opened_at"], name="care_case_open", condition=Q(state=CaseState.OPEN)),
        ]

    def __str__(self) -> str:
        return f"{CaseKind(self.kind).label} {self.pk}"
