from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from wallet.enums import AnswerOutcome
from wallet.models.commit_order import CommitOrder


class RecordedAnswer(models.Model):
    """The first determinate outcome of a provider's transaction id: the gate that lets money move once.

    A tombstone is the answer of an id that was rolled back before it arrived, so that the late call
    collides with it by constraint. `body` holds the bytes that were sent.
    """

    pk = models.CompositePrimaryKey("provider_id", "provider_transaction_id")
    provider_id = models.IntegerField()
    provider_transaction_id = models.CharField(max_length=255)
    call = models.CharField(max_length=10, help_text="bet, win, rollback or jackpot; empty for a tombstone.")
    outcome = models.CharField(max_length=10, choices=AnswerOutcome.choices)
    fingerprint = models.BinaryField(null=True, help_text="BLAKE2b-64 of the content; empty for a tombstone.")
    player_id = models.BigIntegerField(null=True)
    amount = models.DecimalField(max_digits=38, decimal_places=18, null=True)
    currency = models.CharField(max_length=5, default="")
    round_reference = models.CharField(
        max_length=255, default="", help_text="Of a refusal; a booking's is its round's."
    )
    transaction_id = models.UUIDField(null=True, help_text="The leg booked, and its ledger transaction if money moved.")
    status = models.SmallIntegerField()
    body = models.BinaryField()
    recorded_at = models.DateTimeField()
    commit_order = models.BigIntegerField(db_default=CommitOrder())

    class Meta:
        indexes = [
            BrinIndex(fields=["commit_order"], name="answer_commit_order", pages_per_range=16, autosummarize=True)
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.provider_transaction_id}"
