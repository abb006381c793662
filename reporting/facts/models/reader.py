from django.db import models


class Reader(models.Model):
    """How far the ledger has been read: one row, only ever forward.

    Whatever was committed before `known_until` is in the facts. `mark_*` is the transaction number that the next
    reading has to reach so that the facts are known until `mark_at`.
    """

    commit_order = models.BigIntegerField(default=0)
    known_until = models.DateTimeField(null=True)
    mark_order = models.BigIntegerField(default=0)
    mark_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.commit_order)


class Span(models.Model):
    """Which commit orders were posted on a business day (of any brand): where a rebuild finds the day's rows."""

    posted_day = models.DateField(primary_key=True)
    low = models.BigIntegerField()
    high = models.BigIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.posted_day}: {self.low} to {self.high}"
