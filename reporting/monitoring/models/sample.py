from django.db import models


class Sample(models.Model):
    """What one measure was in one minute: alerts, the board and /metrics read this, so that all three agree.

    `scope` is a small label, such as a provider's code; never a player.
    """

    minute = models.DateTimeField()
    measure = models.CharField(max_length=60)
    scope = models.CharField(max_length=120, default="")
    value = models.DecimalField(max_digits=38, decimal_places=18)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(name="one_sample_per_measure_scope_minute", fields=["measure", "scope", "minute"])
        ]
        indexes = [models.Index(fields=["minute"], name="samples_by_minute")]

    def __str__(self) -> str:
        return f"{self.measure} {self.scope} {self.minute:%H:%M}"


class Evaluation(models.Model):
    """The one row that tells when measures were last taken, and how long that took."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    evaluated_at = models.DateTimeField(null=True)
    counted_to = models.DateTimeField(null=True, help_text="Calls are counted up to here.")
    checked_to = models.BigIntegerField(default=0, help_text="The last account whose balance was compared.")
    took_ms = models.IntegerField(default=0)
    failed = models.JSONField(default=list, help_text="Measures that could not be taken.")

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(name="one_row_of_evaluation", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return f"evaluated {self.evaluated_at}"
