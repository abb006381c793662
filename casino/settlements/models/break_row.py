from django.db import models
from django.db.models import Q

from casino.settlements.enums import BreakKind, BreakState
from casino.settlements.states import WAITING
from common.money import decimal_text


class Break(models.Model):
    """Money that a gateway's files and our ledger do not agree about, until somebody says why.

    `amount` is what the files have more than the ledger, signed from our side. Of a line that nobody knows, of a
    movement that nobody settled, of a difference both.
    """

    kind = models.CharField(max_length=10, choices=BreakKind.choices)
    gateway = models.CharField(max_length=40)
    currency = models.CharField(max_length=5)
    amount = models.DecimalField(max_digits=38, decimal_places=18)
    line = models.ForeignKey("settlements.SettlementLine", null=True, on_delete=models.PROTECT, related_name="+")
    movement = models.ForeignKey("settlements.Movement", null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateField(help_text="The day of the line, or of our booking: its age counts from here.")
    state = models.CharField(max_length=10, choices=BreakState.choices, default=BreakState.OPEN)
    reason = models.CharField(max_length=500, default="")
    decided_by = models.CharField(max_length=100, default="")
    decided_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()

    class Meta:
        verbose_name = "break"
        default_permissions = ("view",)
        permissions = [("resolve_break", "Can explain and close breaks of settlements")]
        constraints = [
            models.UniqueConstraint(name="one_break_of_a_kind_per_line", fields=["line", "kind"]),
            models.UniqueConstraint(name="one_break_of_a_kind_per_movement", fields=["movement", "kind"]),
            models.CheckConstraint(name="break_kind_known", condition=Q(kind__in=BreakKind.values)),
            models.CheckConstraint(name="break_is_money", condition=~Q(amount=0)),
            models.CheckConstraint(
                name="break_names_its_rows",
                condition=Q(kind="unknown", line__isnull=False, movement__isnull=True)
                | Q(kind="missing", line__isnull=True, movement__isnull=False)
                | Q(kind="differs", line__isnull=False, movement__isnull=False),
            ),
            models.CheckConstraint(
                name="break_decided_with_a_reason",
                condition=Q(state="open") | (~Q(reason="") & ~Q(decided_by="") & Q(decided_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["since"], name="breaks_waiting", condition=Q(state__in=WAITING))]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {decimal_text(self.amount)} {self.currency}"
