from django.db import models
from django.db.models import F, Q

from casino.reconciliation.enums import Origin, StatementFormat, StatementState


class Statement(models.Model):
    """What a provider says it booked in [from_at, until_at). Its bytes are kept as they came (StatementPart)."""

    provider = models.ForeignKey("games.Provider", on_delete=models.PROTECT, related_name="+")
    format = models.CharField(max_length=20, choices=StatementFormat.choices)
    origin = models.CharField(max_length=10, choices=Origin.choices)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField(help_text="In bytes.")
    time_zone = models.CharField(max_length=60)
    day = models.DateField(null=True, help_text="The day that it is for, where that was said.")
    from_at = models.DateTimeField(null=True)
    until_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=StatementState.choices, default=StatementState.RECEIVED)
    problem = models.CharField(max_length=300, default="")
    line_count = models.IntegerField(default=0)
    fault_count = models.IntegerField(default=0)
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=100)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "provider statement"
        default_permissions = ("view",)
        permissions = [("load_statement", "Can load a provider's statement")]
        constraints = [
            models.UniqueConstraint(name="statement_bytes_once_per_provider", fields=["provider", "sha256"]),
            models.CheckConstraint(name="statement_format_known", condition=Q(format__in=StatementFormat.values)),
            models.CheckConstraint(name="statement_origin_known", condition=Q(origin__in=Origin.values)),
            models.CheckConstraint(
                name="statement_state_has_its_facts",
                condition=Q(state="received", finished_at__isnull=True, line_count=0)
                | Q(state="matched", finished_at__isnull=False, problem="")
                | (Q(state="refused", finished_at__isnull=False, line_count=0) & ~Q(problem="")),
            ),
            models.CheckConstraint(
                name="statement_period_in_order", condition=Q(from_at__isnull=True) | Q(from_at__lt=F("until_at"))
            ),
        ]
        indexes = [
            models.Index(fields=["provider", "-from_at"], name="statements_newest"),
            models.Index(fields=["received_at"], name="statements_to_read", condition=Q(state="received")),
        ]

    def __str__(self) -> str:
        return self.name


class StatementPart(models.Model):
    """A piece of a statement's bytes, in order."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="parts", db_index=False)
    number = models.IntegerField()
    content = models.BinaryField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(name="statement_parts_in_order", fields=["statement", "number"])]

    def __str__(self) -> str:
        return f"part {self.number}"
