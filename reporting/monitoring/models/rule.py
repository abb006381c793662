from django.db import models
from django.db.models import Q

from reporting.monitoring.enums import Area, Expression, Severity


class AlertRule(models.Model):
    """From a moment on: when an alert fires, how bad that is and what to do. Append-only: a new row changes it."""

    code = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    area = models.CharField(max_length=10, choices=Area.choices)
    measure = models.CharField(max_length=60, help_text="Which of the measures of reporting/monitoring/measures.")
    expression = models.CharField(max_length=8, choices=Expression.choices)
    threshold = models.DecimalField(max_digits=20, decimal_places=6)
    window_minutes = models.IntegerField(help_text="Broken for this long before it fires, or grown within it.")
    severity = models.CharField(max_length=2, choices=Severity.choices)
    runbook = models.CharField(max_length=60, help_text="The page docs/runbooks/<runbook>.md.")
    screen = models.CharField(max_length=300, help_text="The list that shows what is meant, such as admin name?query.")
    enabled = models.BooleanField(default=True)
    valid_from = models.DateTimeField()
    set_by = models.CharField(max_length=100)
    reason = models.CharField(max_length=300)

    class Meta:
        verbose_name = "rule of alerts"
        verbose_name_plural = "rules of alerts"
        ordering = ["-pk"]
        default_permissions = ("view",)
        permissions = [("set_alertrule", "Can set when an alert fires")]
        constraints = [
            models.UniqueConstraint(name="one_alert_rule_per_code_and_moment", fields=["code", "valid_from"]),
            models.CheckConstraint(name="alert_rule_severity_known", condition=Q(severity__in=Severity.values)),
            models.CheckConstraint(name="alert_rule_area_known", condition=Q(area__in=Area.values)),
            models.CheckConstraint(name="alert_rule_expression_known", condition=Q(expression__in=Expression.values)),
            models.CheckConstraint(
                name="alert_rule_window_of_a_day", condition=Q(window_minutes__gte=1, window_minutes__lte=1440)
            ),
            models.CheckConstraint(name="alert_rule_has_a_reason", condition=~Q(reason="") & ~Q(set_by="")),
            models.CheckConstraint(name="alert_rule_has_a_runbook", condition=~Q(runbook="") & ~Q(screen="")),
        ]

    def __str__(self) -> str:
        return f"{self.code} from {self.valid_from:%Y-%m-%d %H:%M} UTC"
