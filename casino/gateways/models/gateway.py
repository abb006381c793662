from django.db import models
from django.db.models import Q


class Gateway(models.Model):
    """A payment gateway that there is an adapter for, and whether staff let payments through it.

    Switched off, it gets no new deposits or payouts; messages, refunds and questions about what is under way go on.
    """

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=60)
    deposits_open = models.BooleanField(default=True, help_text="Whether new deposits may go through it.")
    payouts_open = models.BooleanField(default=True, help_text="Whether new payouts may go through it.")
    switched_at = models.DateTimeField(null=True, blank=True)
    switched_by = models.CharField(max_length=100, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    settles_within_days = models.PositiveSmallIntegerField(
        default=3, help_text="A booking that is in no settlement file after so many days is missing."
    )
    messages_kept_days = models.PositiveSmallIntegerField(
        default=1826, help_text="What was worked off so many days ago loses its content; that it came is kept."
    )

    class Meta:
        default_permissions = ("view",)
        permissions = (("switch_gateway", "Can switch payment gateways off and on"),)
        constraints = [
            models.CheckConstraint(
                name="gateway_switched_off_by_somebody",
                condition=Q(deposits_open=True, payouts_open=True)
                | (Q(switched_at__isnull=False) & ~Q(switched_by="") & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="gateway_days_within_reason",
                condition=Q(settles_within_days__range=(1, 60), messages_kept_days__range=(90, 7305)),
            ),
        ]

    def __str__(self) -> str:
        return self.name
