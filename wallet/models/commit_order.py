from django.db.models import BigIntegerField, Func


class CommitOrder(Func):
    """The number of the database transaction that writes the row (common/migrations/sql/0001)."""

    function = "commit_order"
    output_field = BigIntegerField()
