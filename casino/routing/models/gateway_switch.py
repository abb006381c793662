from django.db import models
from django.db.models import F, Q

from casino.routing.enums import SwitchState


class GatewaySwitch(models.Model):
    """Staff's word over a gateway's circuit breaker, from an instant on; the latest that has begun counts. Append-only.

    It may be said beforehand, for planned works over there. Whether a gateway takes new deposits or payouts at all is
    `gateways.Gateway`.
    """

    gateway = models.CharField(max_length=30)
    state = models.CharField(max_length=10, choices=SwitchState.choices)
    starts_at = models.DateTimeField()
    reason = models.CharField(max_length=500)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=100)

    class Meta:
        verbose_name_plural = "gateway switches"
        default_permissions = ("view", "add")
        indexes = [models.Index(fields=["gateway", "-starts_at", "-id"], name="switch_of_a_gateway")]
        constraints = [
            models.CheckConstraint(name="switch_state_known", condition=Q(state__in=SwitchState.values)),
            models.CheckConstraint(name="switch_not_before_it_is_said", condition=Q(starts_at__gte=F("created_at"))),
            models.CheckConstraint(name="switch_names_its_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.gateway}: {self.get_state_display()}"
