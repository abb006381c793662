from datetime import timedelta

from django.db import models
from django.db.models import Q


class CalendarRow(models.Model):
    """From `from_day` on, a brand's business day begins at `day_starts` on clocks in `time_zone`. Never edited.

    Without a row a day is a day of UTC. A day begins at midnight or at 04:00 and later: clocks are changed in between,
    and a day that began within would begin twice, or never.
    """

    brand = models.ForeignKey("players.Brand", on_delete=models.PROTECT, related_name="+", db_index=False)
    from_day = models.DateField()
    time_zone = models.CharField(max_length=40, help_text="IANA name, such as Europe/Malta.")
    day_starts = models.DurationField(help_text="After midnight of these clocks, such as 06:00:00.")
    approval_id = models.BigIntegerField(null=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=100)

    class Meta:
        db_table = "facts_calendar"
        ordering = ["brand", "-from_day"]
        default_permissions = ("view",)
        permissions = [
            ("propose_calendar", "Can propose when business days begin"),
            ("approve_calendar", "Can approve when business days begin"),
        ]
        constraints = [
            models.UniqueConstraint(name="one_calendar_per_brand_and_day", fields=["brand", "from_day"]),
            models.CheckConstraint(
                name="business_day_begins_clear_of_clock_changes",
                condition=Q(day_starts=timedelta())
                | Q(day_starts__gte=timedelta(hours=4), day_starts__lt=timedelta(hours=24)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.time_zone} from {self.from_day}"
