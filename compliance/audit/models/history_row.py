from django.db import models
from pghistory.models import Event

from common.commit_order import CommitOrder


class HistoryRow(Event):
    """A row of another table as a change left it, written by a trigger of that table (compliance.audit.history)."""

    pgh_id = models.BigAutoField(primary_key=True)
    commit_order = models.BigIntegerField(db_default=CommitOrder())

    class Meta:
        abstract = True
