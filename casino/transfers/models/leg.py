from django.db import models
from django.db.models import Q

from casino.transfers.enums import Direction, LegState
from casino.transfers.states import OPEN_LEGS


class TransferLeg(models.Model):
    """One movement between us and a provider. `reference` is ours, and the provider's idempotency key.

    The amount of the way back is what the provider says it gave; until then nobody knows it.
    """

    visit = models.ForeignKey("transfers.TransferVisit", on_delete=models.PROTECT, related_name="legs")
    direction = models.CharField(max_length=3, choices=Direction.choices)
    number = models.PositiveSmallIntegerField(help_text="Which of the visit's legs, from 1.")
    reference = models.CharField(max_length=40, unique=True)
    amount = models.DecimalField(max_digits=38, decimal_places=18, null=True)
    state = models.CharField(max_length=10, choices=LegState.choices, default=LegState.PLANNED)
    attempts = models.PositiveIntegerField(default=0, help_text="How often it was sent.")
    asked = models.PositiveIntegerField(default=0, help_text="How often the provider was asked what became of it.")
    planned_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    ask_next_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "transfer"
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(name="transfer_direction_known", condition=Q(direction__in=Direction.values)),
            models.CheckConstraint(name="transfer_state_known", condition=Q(state__in=LegState.values)),
            models.CheckConstraint(
                name="transfer_amount_is_known_when_it_must",
                condition=Q(direction="out", amount__isnull=False, amount__gt=0)
                | Q(direction="in", state="confirmed", amount__isnull=False, amount__gte=0)
                | (Q(direction="in", amount__isnull=True) & ~Q(state="confirmed"))
                | ~Q(direction__in=Direction.values),
            ),
            models.CheckConstraint(
                name="transfer_end_has_its_time",
                condition=Q(state__in=OPEN_LEGS, settled_at__isnull=True)
                | (~Q(state__in=OPEN_LEGS) & Q(settled_at__isnull=False)),
            ),
            models.UniqueConstraint(name="transfers_are_numbered", fields=["visit", "number"]),
            models.UniqueConstraint(
                name="one_transfer_under_way_per_visit", fields=["visit"], condition=Q(state__in=OPEN_LEGS)
            ),
            models.UniqueConstraint(
                name="one_confirmed_transfer_each_way",
                fields=["visit", "direction"],
                condition=Q(state="confirmed"),
            ),
        ]
        indexes = [models.Index(fields=["planned_at"], name="transfers_open", condition=Q(state__in=OPEN_LEGS))]

    def __str__(self) -> str:
        return self.reference
