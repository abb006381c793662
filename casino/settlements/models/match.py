from django.db import models


class Match(models.Model):
    """A line that settles a movement of ours. `difference` is the line less the movement; zero where they fit."""

    line = models.OneToOneField("settlements.SettlementLine", on_delete=models.PROTECT, related_name="match")
    movement = models.OneToOneField("settlements.Movement", on_delete=models.PROTECT, related_name="match")
    difference = models.DecimalField(max_digits=38, decimal_places=18)
    matched_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.line_id} = {self.movement_id}"
