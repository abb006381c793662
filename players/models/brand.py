from django.db import models


class Brand(models.Model):
    """A shop window under one licence: what players know us by."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    jurisdiction = models.CharField(max_length=8, help_text="Licence under which the brand plays, such as MT or GB.")
    group = models.ForeignKey(
        "players.BrandGroup",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Brands of one operator: one person has one account in them, and is excluded from all of them.",
    )
    enabled = models.BooleanField(default=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name
