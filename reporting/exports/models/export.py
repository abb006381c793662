from django.db import models
from django.db.models import Q

from reporting.exports.enums import ExportFormat, ExportState, Purpose
from reporting.exports.states import OPEN


class Export(models.Model):
    """A report as files: what was asked, by whom and what for, who approved it, how far it is, what came of it.

    `question` is canonical (`question_as_data`), so that the same one can be asked again. `reach` is what the
    requester could see when he asked. `lease` names the run that writes it: a run that lost its lease changes nothing.
    """

    report = models.CharField(max_length=80)
    report_version = models.IntegerField()
    question = models.JSONField()
    reach = models.JSONField()
    format = models.CharField(max_length=4, choices=ExportFormat.choices)
    bom = models.BooleanField(default=False, help_text="A byte-order mark before CSV, for older spreadsheets.")
    certified = models.BooleanField(default=False, help_text="Only while the books are proved daily (AUD-07).")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    purpose_text = models.CharField(max_length=300)
    requested_by = models.CharField(max_length=100)
    requester = models.ForeignKey("staff.StaffUser", null=True, on_delete=models.PROTECT, related_name="+")
    brand = models.ForeignKey("players.Brand", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    jurisdiction = models.CharField(max_length=8, default="")
    personal = models.BooleanField()
    needs_approval = models.BooleanField()
    approval = models.CharField(max_length=100, default="", help_text="Such as approval:12.")
    approved_by = models.CharField(max_length=100, default="")
    schedule = models.ForeignKey("exports.ExportSchedule", null=True, on_delete=models.PROTECT, related_name="exports")
    period = models.CharField(max_length=10, default="", help_text="Which days of its schedule, such as 2026-11.")
    state = models.CharField(max_length=10, choices=ExportState.choices, default=ExportState.REQUESTED)
    reason = models.CharField(max_length=500, default="", help_text="Why it failed or was cancelled.")
    requested_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True, help_text="When its worker was last heard of.")
    ended_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    lease = models.UUIDField(null=True)
    attempts = models.IntegerField(default=0)
    estimated_rows = models.BigIntegerField()
    rows_done = models.BigIntegerField(default=0)
    rows_total = models.BigIntegerField(null=True)
    snapshot_at = models.DateTimeField(null=True)
    package = models.CharField(max_length=200, default="")
    package_sha256 = models.CharField(max_length=64, default="")
    package_bytes = models.BigIntegerField(default=0)
    downloads = models.IntegerField(default=0)
    delivered_at = models.DateTimeField(null=True, help_text="When its owner was told, or the folder filled.")

    class Meta:
        default_permissions = ("view",)
        permissions = [
            ("request_export", "Can request exports of the reports in reach"),
            ("approve_export", "Can approve exports that are large or hold personal data, and schedules of them"),
            ("download_export", "Can fetch the exports he or she asked for"),
            ("view_every_export", "Can see the exports of everybody"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_export_per_schedule_and_period", fields=["schedule", "period"],
                condition=Q(schedule__isnull=False),
            ),
            models.CheckConstraint(name="export_format_known", condition=Q(format__in=ExportFormat.values)),
            models.CheckConstraint(
                name="export_has_a_purpose", condition=Q(purpose__in=Purpose.values) & ~Q(purpose_text="")
            ),
            models.CheckConstraint(
                name="export_of_personal_data_needs_approval", condition=Q(personal=False) | Q(needs_approval=True)
            ),
            models.CheckConstraint(
                name="export_written_once_approved",
                condition=Q(needs_approval=False)
                | Q(state__in=["requested", "waiting", "cancelled"])
                | (~Q(approval="") & ~Q(approved_by="")),
            ),
            models.CheckConstraint(
                name="export_ready_has_a_package",
                condition=~Q(state__in=["done", "expired"])
                | (~Q(package_sha256="") & Q(snapshot_at__isnull=False) & Q(expires_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="export_running_has_a_lease", condition=~Q(state="running") | Q(lease__isnull=False)
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["requested_at"], name="exports_open", condition=Q(state__in=OPEN)),
            models.Index(fields=["expires_at"], name="exports_kept", condition=Q(state="done")),
        ]

    def __str__(self) -> str:
        return f"Export {self.pk}: {self.report}"
