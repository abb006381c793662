from django.db import models
from django.db.models import Q


class Entry(models.Model):
    """One line of a transaction: a signed amount on one account, in its currency and in the base currency.

    Entries of an account that keeps a balance tell the balance they left and their place in its history:
    (account, version) is unique and without gaps. Entries of house accounts tell neither.
    """

    pk = models.CompositePrimaryKey("transaction_id", "line")
    transaction = models.ForeignKey(
        "wallet.Transaction", on_delete=models.PROTECT, related_name="entries", db_constraint=False, db_index=False
    )
    line = models.SmallIntegerField()
    account = models.ForeignKey(
        "wallet.Account", on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    currency = models.CharField(max_length=5)
    amount = models.DecimalField(max_digits=38, decimal_places=18)
    base_amount = models.DecimalField(max_digits=38, decimal_places=18)
    balance_after = models.DecimalField(max_digits=38, decimal_places=18, null=True)
    account_version = models.BigIntegerField(null=True)
    booked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="history_without_fork",
                fields=["account", "account_version"],
                condition=Q(account_version__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"line {self.line} of {self.transaction_id}"
