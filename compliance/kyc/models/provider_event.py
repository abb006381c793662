from django.db import models
from django.db.models import Q

from compliance.kyc.enums import EventOutcome


class ProviderEvent(models.Model):
    """A verification provider's message as it came, kept before anything is done with it (PAY-03's rule).

    Forged ones are kept with their first kilobyte, for evidence, and are never worked off.
    """

    provider = models.CharField(max_length=20)
    signed = models.BooleanField(help_text="Whether the digest over the raw bytes held.")
    raw = models.BinaryField()
    applicant = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=60, blank=True)
    created_ms = models.BigIntegerField(default=0)
    received_at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=EventOutcome.choices)
    note = models.CharField(max_length=200, blank=True)
    worked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "provider's message"
        verbose_name_plural = "providers' messages"
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(name="kyc_event_outcome_known", condition=Q(outcome__in=EventOutcome.values)),
            models.CheckConstraint(
                name="kyc_forged_event_is_never_applied", condition=Q(signed=True) | Q(outcome="forged")
            ),
            models.UniqueConstraint(
                fields=["provider", "applicant", "kind", "created_ms"],
                condition=Q(signed=True),
                name="kyc_event_counts_once",
            ),
        ]
        indexes = [models.Index(fields=["received_at"], condition=Q(outcome="waiting"), name="kyc_events_waiting")]

    def __str__(self) -> str:
        return f"message {self.pk} of {self.provider}"
