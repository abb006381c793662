from django.db import models
from django.db.models import Q

from reporting.monitoring.enums import LIVE, AlertState, Severity


class Alert(models.Model):
    """A rule that was broken, from when until when, and who is on it. One at a time for a rule and a scope."""

    code = models.CharField(max_length=60)
    scope = models.CharField(max_length=120, default="")
    rule = models.ForeignKey("monitoring.AlertRule", on_delete=models.PROTECT, related_name="+", db_index=False)
    severity = models.CharField(max_length=2, choices=Severity.choices)
    state = models.CharField(max_length=12, choices=AlertState.choices, default=AlertState.FIRING)
    threshold = models.DecimalField(max_digits=20, decimal_places=6)
    value = models.DecimalField(max_digits=38, decimal_places=18, help_text="The newest value while it was broken.")
    worst = models.DecimalField(max_digits=38, decimal_places=18)
    since = models.DateTimeField()
    seen_at = models.DateTimeField()
    paged_at = models.DateTimeField(null=True, help_text="When the people on call were told.")
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.CharField(max_length=100, default="")
    acknowledge_reason = models.CharField(max_length=500, default="")
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        default_permissions = ("view",)
        permissions = [("acknowledge_alert", "Can acknowledge alerts")]
        constraints = [
            models.UniqueConstraint(
                name="one_live_alert_per_code_and_scope", fields=["code", "scope"], condition=Q(state__in=LIVE)
            ),
            models.CheckConstraint(name="alert_state_known", condition=Q(state__in=AlertState.values)),
            models.CheckConstraint(
                name="alert_acknowledged_by_somebody_with_a_reason",
                condition=Q(acknowledged_at__isnull=True, acknowledged_by="", acknowledge_reason="")
                | (Q(acknowledged_at__isnull=False) & ~Q(acknowledged_by="") & ~Q(acknowledge_reason="")),
            ),
            models.CheckConstraint(
                name="alert_resolved_has_a_moment",
                condition=Q(state="resolved", resolved_at__isnull=False)
                | (~Q(state="resolved") & Q(resolved_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.scope}".strip()
