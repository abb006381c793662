from django.db import models
from django.db.models import Q

from casino.reconciliation.enums import LineKind, LineState


class Line(models.Model):
    """What a provider says about one transaction, or about one round. Amounts are as the provider has them, in units.

    `of` is the transaction that it is about: its own id, or of a rollback the original's.
    """

    statement = models.ForeignKey(
        "reconciliation.Statement", on_delete=models.PROTECT, related_name="lines", db_index=False
    )
    number = models.IntegerField(help_text="Where it stands in the file, from 1.")
    provider = models.ForeignKey("games.Provider", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=LineKind.choices)
    transaction_id = models.CharField(max_length=255, default="")
    of = models.CharField(max_length=255, default="")
    round_reference = models.CharField(max_length=255, default="")
    player = models.CharField(max_length=255, default="", help_text="Our public id, as the provider repeats it.")
    game = models.CharField(max_length=255, default="")
    amount = models.DecimalField(max_digits=38, decimal_places=18, null=True)
    currency = models.CharField(max_length=5, default="")
    state = models.CharField(max_length=12, choices=LineState.choices)
    at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "line of a statement"
        verbose_name_plural = "lines of statements"
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(name="statement_lines_in_order", fields=["statement", "number"]),
            models.CheckConstraint(name="statement_line_kind_known", condition=Q(kind__in=LineKind.values)),
            models.CheckConstraint(name="statement_line_state_known", condition=Q(state__in=LineState.values)),
            models.CheckConstraint(
                name="statement_line_amount_not_negative", condition=Q(amount__isnull=True) | Q(amount__gte=0)
            ),
        ]
        indexes = [models.Index(fields=["provider", "of"], name="statement_lines_by_name")]

    def __str__(self) -> str:
        return f"{self.kind} {self.of or self.round_reference}"


class Fault(models.Model):
    """A line that can not be understood, as it stood in the file."""

    statement = models.ForeignKey(
        "reconciliation.Statement", on_delete=models.PROTECT, related_name="faults", db_index=False
    )
    number = models.IntegerField()
    text = models.TextField()
    problem = models.CharField(max_length=300)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(name="statement_faults_in_order", fields=["statement", "number"])]

    def __str__(self) -> str:
        return f"line {self.number}"
