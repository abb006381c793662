from django.db import models
from django.db.models import F, Q


class ConversionMargin(models.Model):
    """What a brand keeps of a conversion between two currencies, from an instant on; the newest row decides.

    Without a row there is no conversion of that pair. Never edited; a new one takes two people.
    """

    brand = models.ForeignKey("players.Brand", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=5, help_text="The currency that is paid.")
    target = models.CharField(max_length=5, help_text="The currency that is got.")
    percent = models.DecimalField(max_digits=6, decimal_places=3)
    valid_from = models.DateTimeField()
    set_by = models.CharField(max_length=100)
    approval = models.CharField(max_length=100, default="")
    created_at = models.DateTimeField()

    class Meta:
        default_permissions = ("view",)
        permissions = [
            ("propose_conversionmargin", "Can propose the margin of a conversion"),
            ("approve_conversionmargin", "Can approve the margin of a conversion"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_margin_at_an_instant", fields=["brand", "source", "target", "valid_from"]
            ),
            models.CheckConstraint(name="margin_between_0_and_20", condition=Q(percent__gte=0, percent__lte=20)),
            models.CheckConstraint(name="margin_of_two_currencies", condition=~Q(source=F("target"))),
        ]

    def __str__(self) -> str:
        return f"{self.source} to {self.target}: {self.percent.normalize():f} %"
