from django.db import models
from django.db.models import Q


class WriteOff(models.Model):
    """A break that two people booked out of clearing, or what took that back when it came right. Append-only.

    `transaction_id` moved the break's amount between clearing and the adjustments of reason "settlement".
    """

    of = models.ForeignKey("settlements.Break", on_delete=models.PROTECT, related_name="write_offs", db_column="of_id")
    transaction_id = models.UUIDField(unique=True)
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone_by")
    approval = models.CharField(max_length=40, default="")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "write-off"
        default_permissions = ()
        permissions = [
            ("propose_write_off", "Can propose to write a break of settlements off"),
            ("approve_write_off", "Can approve the write-off of a break of settlements"),
        ]
        constraints = [
            models.UniqueConstraint(name="break_written_off_once", fields=["of"], condition=Q(undoes=None)),
            models.CheckConstraint(
                name="write_off_is_approved",
                condition=Q(undoes__isnull=True, approval__startswith="approval:")
                | Q(undoes__isnull=False, approval=""),
            ),
        ]

    def __str__(self) -> str:
        return f"write-off of break {self.of_id}"
