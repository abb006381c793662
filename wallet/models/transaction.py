from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q

from wallet.enums import TransactionKind
from wallet.models.commit_order import CommitOrder


class Transaction(models.Model):
    """One business event that moved money. Append-only; a correction is a new transaction.

    `player_id`, `provider_id` and `fx_rate_id` carry no database foreign key: they cost a fifth of the
    throughput (ADR 0003); the rows they name can not be deleted, and verify_ledger checks them.
    """

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=20, choices=TransactionKind.choices)
    player = models.ForeignKey(
        "players.Player", null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    provider_id = models.IntegerField(null=True, help_text="The game provider whose call this was.")
    actor = models.CharField(max_length=100, help_text="Who caused it, such as provider:sandbox or staff:7.")
    reference = models.CharField(max_length=300, default="", help_text="What it belongs to, such as round 17.")
    original = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    fx_rate = models.ForeignKey(
        "wallet.FxRate", null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    occurred_at = models.DateTimeField(null=True, help_text="When the source says it happened, if it says so.")
    booked_at = models.DateTimeField()
    commit_order = models.BigIntegerField(db_default=CommitOrder())

    class Meta:
        default_permissions = ("view",)
        permissions = [
            ("export_transaction", "Can export transactions"),
            ("propose_reversal", "Can propose to reverse a transaction"),
            ("approve_reversal", "Can approve the reversal of a transaction"),
            ("propose_adjustment_credit", "Can propose to credit a player by hand"),
            ("propose_adjustment_debit", "Can propose to debit a player by hand"),
            ("adjust_for_goodwill", "May give goodwill as the reason of an adjustment"),
            ("adjust_for_correction", "May give an error of ours or a provider's as the reason of an adjustment"),
            ("adjust_for_chargeback", "May give a chargeback as the reason of an adjustment"),
            ("adjust_for_prize", "May give a prize as the reason of an adjustment"),
            ("adjust_for_migration", "May give a migration as the reason of an adjustment"),
            ("approve_adjustment", "Can approve a manual adjustment"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="reversed_at_most_once", fields=["original"], condition=Q(original__isnull=False)
            ),
        ]
        indexes = [
            BrinIndex(fields=["commit_order"], name="transaction_commit_order", pages_per_range=16, autosummarize=True),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
