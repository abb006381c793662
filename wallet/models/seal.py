from django.db import models


class Seal(models.Model):
    """One signed block of the chain over committed transactions, entries and recorded answers (ADR 0006).

    The block covers every row with from_order <= commit_order < to_order.
    """

    number = models.BigIntegerField(primary_key=True)
    from_order = models.BigIntegerField()
    to_order = models.BigIntegerField()
    kinds = models.CharField(max_length=200, help_text="The kinds of rows that it covers, sorted, comma between.")
    row_count = models.BigIntegerField()
    content_hash = models.BinaryField()
    previous_hash = models.BinaryField()
    block_hash = models.BinaryField()
    signature = models.BinaryField()
    key_id = models.CharField(max_length=16)
    sealed_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="seal_chain_without_fork", fields=["previous_hash"]),
            models.UniqueConstraint(name="seal_ranges_without_gap", fields=["from_order"]),
        ]

    def __str__(self) -> str:
        return f"seal {self.number}"


class HouseBalance(models.Model):
    """A house account's sum over all sealed entries: the start for adding what came after (docs/ledger.md)."""

    account = models.ForeignKey("wallet.Account", on_delete=models.PROTECT, related_name="+")
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+")
    balance = models.DecimalField(max_digits=38, decimal_places=18)
    base_balance = models.DecimalField(max_digits=38, decimal_places=18)
    through_order = models.BigIntegerField(help_text="Entries with a lower commit order are counted.")

    class Meta:
        constraints = [models.UniqueConstraint(name="one_house_balance_per_seal", fields=["account", "seal"])]

    def __str__(self) -> str:
        return f"balance of account {self.account_id} at seal {self.seal_id}"
