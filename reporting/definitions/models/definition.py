from django.db import models
from django.db.models import Q


class DatedRow(models.Model):
    """From a day on; append-only: what a figure meant when stays known. Written by two people's approval."""

    version = models.PositiveIntegerField()
    valid_from = models.DateField()
    source = models.CharField(max_length=300, help_text="Where it is written: law, page, or whose decision.")
    verified = models.BooleanField(help_text="Whether somebody read it in that source.")
    approval = models.ForeignKey(
        "approvals.Approval", on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    created_at = models.DateTimeField()

    class Meta:
        abstract = True


class DefinitionRow(DatedRow):
    """What a figure means: a formula over measures (reporting/definitions/measures.py) and other definitions."""

    code = models.CharField(max_length=40)
    title = models.CharField(max_length=100)
    formula = models.CharField(max_length=500)
    about = models.CharField(max_length=500, default="")

    class Meta:
        ordering = ["code", "-valid_from"]
        verbose_name = "definition"
        default_permissions = ("view",)
        permissions = [
            ("propose_definition", "Can propose definitions, duties and provider fees"),
            ("approve_definition", "Can approve definitions, duties and provider fees"),
        ]
        constraints = [
            models.UniqueConstraint(name="one_definition_per_version", fields=["code", "version"]),
            models.UniqueConstraint(name="one_definition_per_day", fields=["code", "valid_from"]),
            models.CheckConstraint(name="definition_names_its_source", condition=~Q(source="") & ~Q(formula="")),
        ]

    def __str__(self) -> str:
        return f"{self.code} version {self.version}"
