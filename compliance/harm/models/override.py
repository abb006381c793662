from django.db import models
from django.db.models import Q

from compliance.harm.enums import Tier


class Override(models.Model):
    """A level that somebody set by hand, with the reason. It changes the queue alone, and lifts nothing."""

    case = models.ForeignKey("harm.Case", on_delete=models.PROTECT, related_name="overrides")
    before = models.CharField(max_length=8, choices=Tier.choices)
    tier = models.CharField(max_length=8, choices=Tier.choices)
    reason = models.CharField(max_length=500)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="override_tells_its_reason", condition=~Q(reason="") & ~Q(by="")),
            models.CheckConstraint(name="override_tier_known", condition=Q(tier__in=Tier.values)),
        ]

    def __str__(self) -> str:
        return f"{self.before} to {self.tier}"
