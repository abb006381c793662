from django.db import models
from django.db.models import Q


class StopReview(models.Model):
    """What somebody else says of a stop that one person placed alone. Written once."""

    stop = models.OneToOneField("games.Stop", on_delete=models.PROTECT, related_name="review")
    justified = models.BooleanField(help_text="Whether stopping was right.")
    note = models.CharField(max_length=500)
    reviewed_by = models.CharField(max_length=100, help_text="Who reviewed it, such as staff:8.")
    reviewed_at = models.DateTimeField()

    class Meta:
        default_permissions = ("view",)
        constraints = [models.CheckConstraint(name="stop_review_says_something", condition=~Q(note=""))]

    def __str__(self) -> str:
        return f"Review of stop {self.stop_id}"
