from django.db import models
from django.db.models import Q

from casino.gateways.enums import CallKind, Purpose, Standing


class GatewayCall(models.Model):
    """A call of ours to a gateway: written before it goes out, answered once. No secrets, no personal data.

    `sent` is false for one that was held back: the gateway is switched off, or its breaker is open. One without
    `standing` never came back: its process was killed.
    """

    gateway = models.CharField(max_length=20)
    what = models.CharField(max_length=14, choices=CallKind.choices)
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    reference = models.CharField(max_length=80)
    sent = models.BooleanField()
    called_at = models.DateTimeField()
    standing = models.CharField(max_length=10, choices=Standing.choices, blank=True)
    gateway_reference = models.CharField(max_length=120, blank=True)
    code = models.CharField(max_length=80, blank=True)
    ms = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = "call to a gateway"
        verbose_name_plural = "calls to gateways"
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(name="gateway_call_kind_known", condition=Q(what__in=CallKind.values)),
            models.CheckConstraint(name="gateway_call_purpose_known", condition=Q(purpose__in=Purpose.values)),
            models.CheckConstraint(
                name="gateway_call_standing_known", condition=Q(standing__in=["", *Standing.values])
            ),
            models.CheckConstraint(
                name="gateway_call_answered_takes_time",
                condition=Q(standing="", ms__isnull=True) | ~Q(standing="") & Q(ms__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["reference", "what"], name="gateway_calls_reference"),
            models.Index(fields=["gateway", "called_at"], name="gateway_calls_latest"),
        ]

    def __str__(self) -> str:
        return f"call {self.pk} to {self.gateway}"
