from django.db import models
from django.db.models import Q

from reporting.exports.enums import Cadence, Delivery, ExportFormat, Purpose


class ExportSchedule(models.Model):
    """An export made again and again, of days that are over. `question` has no days: each run adds its own.

    `first_day` is the first day that it covers: what was missed while nothing ran is caught up from there.
    """

    title = models.CharField(max_length=100)
    report = models.CharField(max_length=80)
    question = models.JSONField()
    format = models.CharField(max_length=4, choices=ExportFormat.choices)
    bom = models.BooleanField(default=False)
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    purpose_text = models.CharField(max_length=300)
    cadence = models.CharField(max_length=10, choices=Cadence.choices)
    hour = models.IntegerField(default=6, help_text="Not before this hour (UTC).")
    delivery = models.CharField(max_length=10, choices=Delivery.choices)
    owner = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="+")
    brand = models.ForeignKey("players.Brand", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    jurisdiction = models.CharField(max_length=8, default="")
    personal = models.BooleanField()
    approval = models.CharField(max_length=100, default="")
    approved_by = models.CharField(max_length=100, default="")
    first_day = models.DateField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=100, default="")
    end_reason = models.CharField(max_length=300, default="")
    problem = models.CharField(max_length=500, default="", help_text="Why the last run made no export.")

    class Meta:
        verbose_name = "schedule"
        default_permissions = ("view",)
        permissions = [("manage_exportschedule", "Can make and end schedules of exports")]
        constraints = [
            models.CheckConstraint(name="schedule_cadence_known", condition=Q(cadence__in=Cadence.values)),
            models.CheckConstraint(name="schedule_delivery_known", condition=Q(delivery__in=Delivery.values)),
            models.CheckConstraint(name="schedule_hour_of_a_day", condition=Q(hour__gte=0, hour__lte=23)),
            models.CheckConstraint(
                name="schedule_of_personal_data_was_approved",
                condition=Q(personal=False) | (~Q(approval="") & ~Q(approved_by="")),
            ),
            models.CheckConstraint(
                name="schedule_ended_by_somebody", condition=Q(ended_at__isnull=True) | ~Q(ended_by="")
            ),
        ]
        indexes = [models.Index(fields=["id"], name="schedules_running", condition=Q(ended_at__isnull=True))]

    def __str__(self) -> str:
        return self.title
