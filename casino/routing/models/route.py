from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from casino.gateways.enums import Purpose
from casino.routing.models.dated_row import DatedRow
from common.currencies import currency_choices


class Route(DatedRow):
    """A gateway that carries a method, for some players, a currency and a range of amounts.

    `amount_from` is in the range, `amount_below` is not; both need a currency. Routes of the same `place` share the
    payments by `weight`. A decline with one of `stop_codes` (the vendor's own) ends the payment.
    """

    gateway = models.CharField(max_length=30)
    gateway_method = models.CharField(max_length=60, help_text="The gateway's own code of the method.")
    currency = models.CharField(max_length=5, choices=currency_choices(), blank=True, default="")
    amount_from = models.DecimalField(max_digits=38, decimal_places=18, null=True, blank=True)
    amount_below = models.DecimalField(max_digits=38, decimal_places=18, null=True, blank=True)
    place = models.PositiveSmallIntegerField(default=1, help_text="Tried first: the least.")
    weight = models.PositiveSmallIntegerField(default=100, help_text="Share among routes of the same place.")
    stop_codes = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    switched_on = models.BooleanField(default=True)

    class Meta:
        default_permissions = ("view", "add")
        indexes = [models.Index(fields=["purpose", "method"], name="routes_of_a_method")]
        constraints = [
            models.CheckConstraint(name="route_purpose_known", condition=Q(purpose__in=Purpose.values)),
            models.CheckConstraint(
                name="route_ends_after_it_starts", condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at"))
            ),
            models.CheckConstraint(
                name="route_ends_no_earlier_than_decided",
                condition=Q(closed_at__isnull=True) | Q(ends_at__gte=F("closed_at")),
            ),
            models.CheckConstraint(
                name="route_starts_no_earlier_than_made", condition=Q(starts_at__gte=F("created_at"))
            ),
            models.CheckConstraint(
                name="route_amounts_are_in_a_currency",
                condition=Q(amount_from__isnull=True, amount_below__isnull=True) | ~Q(currency=""),
            ),
            models.CheckConstraint(
                name="route_amounts_are_a_range",
                condition=(Q(amount_from__isnull=True) | Q(amount_from__gte=0))
                & (Q(amount_below__isnull=True) | Q(amount_below__gt=0))
                & (Q(amount_from__isnull=True) | Q(amount_below__isnull=True) | Q(amount_below__gt=F("amount_from"))),
            ),
            models.CheckConstraint(name="route_weight_above_zero", condition=Q(weight__gt=0)),
            models.CheckConstraint(name="route_country_two_letters", condition=Q(country__regex="^([A-Z]{2})?$")),
        ]

    def __str__(self) -> str:
        return f"route {self.pk}: {self.method} by {self.gateway}"
