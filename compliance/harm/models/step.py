from django.db import models
from django.db.models import F, Q

from compliance.harm.enums import ReviewOutcome


class Step(models.Model):
    """Something that was done automatically, at once, because of a strong marker; a person reviews it (GDPR-06)."""

    case = models.ForeignKey("harm.Case", on_delete=models.PROTECT, related_name="steps")
    assessment = models.ForeignKey("harm.Assessment", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, help_text="The gate's flag, such as risk_harm.")
    flag_id = models.BigIntegerField(help_text="The gate's flag that was placed.")
    evident_at = models.DateTimeField(help_text="When the marker became strong.")
    due_at = models.DateTimeField(help_text="By when the policy wants it done.")
    taken_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.CharField(max_length=100, default="", blank=True)
    review = models.CharField(max_length=12, choices=ReviewOutcome.choices, default="", blank=True)
    review_words = models.CharField(max_length=1000, default="", blank=True)

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                name="harm_step_reviewed_with_words",
                condition=Q(reviewed_at__isnull=True, review="")
                | (Q(reviewed_at__isnull=False, review__in=ReviewOutcome.values) & ~Q(review_words="")
                   & ~Q(reviewed_by="")),
            ),
            models.CheckConstraint(name="harm_step_due_after_it_was_evident", condition=Q(due_at__gt=F("evident_at"))),
        ]  # fmt: skip
        indexes = [models.Index(fields=["case"], name="harm_steps_to_review", condition=Q(reviewed_at__isnull=True))]

    def __str__(self) -> str:
        return f"step {self.pk}: {self.kind}"

    @property
    def in_time(self) -> bool:
        """Whether it was taken within the policy's delay."""
        return bool(self.taken_at <= self.due_at)
