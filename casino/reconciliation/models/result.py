from django.db import models
from django.db.models import F, Q

from casino.reconciliation.enums import VERDICTS, LineKind


class Result(models.Model):
    """What became of a line when its statement was matched. `leg` is ours; null: we had none."""

    line = models.OneToOneField(
        "reconciliation.Line", on_delete=models.PROTECT, related_name="result", primary_key=True
    )
    statement = models.ForeignKey("reconciliation.Statement", on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=14, choices=VERDICTS)
    leg = models.UUIDField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="result_verdict_known", condition=Q(verdict__in=[value for value, _label in VERDICTS])
            )
        ]

    def __str__(self) -> str:
        return f"{self.verdict} {self.line_id}"


class RoundResult(models.Model):
    """What became of a round that a statement tells about: closed on the provider's word, or left for people."""

    line = models.OneToOneField("reconciliation.Line", on_delete=models.PROTECT, related_name="+", primary_key=True)
    statement = models.ForeignKey("reconciliation.Statement", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12)
    words = models.CharField(max_length=300)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="round_outcome_known",
                condition=Q(outcome__in=["agrees", "closed", "left", "unknown"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.line_id}"


class Tally(models.Model):
    """Both sides of a statement added up, by currency and kind, as they were when it was matched."""

    statement = models.ForeignKey(
        "reconciliation.Statement", on_delete=models.PROTECT, related_name="tallies", db_index=False
    )
    currency = models.CharField(max_length=5)
    kind = models.CharField(max_length=10, choices=LineKind.choices)
    theirs_count = models.IntegerField()
    theirs_amount = models.DecimalField(max_digits=38, decimal_places=18)
    ours_count = models.IntegerField()
    ours_amount = models.DecimalField(max_digits=38, decimal_places=18)
    matched_count = models.IntegerField(help_text="Lines that agree.")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(name="one_tally_per_currency_and_kind", fields=["statement", "currency", "kind"]),
            models.CheckConstraint(
                name="tally_matches_what_was_told", condition=Q(matched_count__lte=F("theirs_count"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} in {self.currency}"
