from django.db import models
from django.db.models import Q

from casino.reconciliation.enums import Way


class Correction(models.Model):
    """The booking that put a break right: one per break, under one approval of two people."""

    break_row = models.OneToOneField("reconciliation.Break", on_delete=models.PROTECT, related_name="correction")
    way = models.CharField(max_length=10, choices=Way.choices)
    transaction = models.UUIDField(unique=True, help_text="Ours: the leg, and the ledger's transaction.")
    approval = models.CharField(max_length=40)
    actor = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(name="correction_way_known", condition=Q(way__in=Way.values))]

    def __str__(self) -> str:
        return f"{self.way} {self.break_row_id}"
