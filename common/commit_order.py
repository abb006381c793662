"""The place of a row in the order in which transactions became visible (common/migrations/sql/0001)."""

from django.db.models import BigIntegerField, Func


class CommitOrder(Func):
    """The number of the database transaction that writes the row: a column's default, never the application's."""

    function = "commit_order"
    output_field = BigIntegerField()
