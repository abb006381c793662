from django.db import models


class FactReader(models.Model):
    """How far somebody has read: everything up to (commit_order, fact_id) is worked off."""

    name = models.CharField(max_length=40, unique=True)
    commit_order = models.BigIntegerField(default=0)
    fact_id = models.BigIntegerField(default=0)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "reader of facts"
        verbose_name_plural = "readers of facts"
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
