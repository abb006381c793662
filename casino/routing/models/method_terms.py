from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from casino.gateways.enums import Purpose
from casino.routing.enums import FeePayer
from casino.routing.models.dated_row import DatedRow
from common.currencies import currency_choices


class MethodTerms(DatedRow):
    """On what terms a method is offered: limits, fee and suggested amounts, all in `currency`.

    `offered` false says that the method is not offered to them, whatever a wider row says.
    """

    currency = models.CharField(max_length=5, choices=currency_choices())
    offered = models.BooleanField(default=True)
    minimum = models.DecimalField(max_digits=38, decimal_places=18)
    maximum = models.DecimalField(max_digits=38, decimal_places=18, null=True, blank=True)
    fee_percent = models.DecimalField(max_digits=7, decimal_places=4, default=0, help_text="1.5 is 1.5 %.")
    fee_fixed = models.DecimalField(max_digits=38, decimal_places=18, default=0)
    fee_payer = models.CharField(max_length=10, choices=FeePayer.choices, default=FeePayer.HOUSE)
    first_presets = ArrayField(models.DecimalField(max_digits=38, decimal_places=18), default=list, blank=True)
    presets = ArrayField(models.DecimalField(max_digits=38, decimal_places=18), default=list, blank=True)
    place = models.PositiveSmallIntegerField(default=100, help_text="Order on screen: the least first.")
    approval = models.ForeignKey(
        "approvals.Approval", on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    closing_approval = models.ForeignKey(
        "approvals.Approval", on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )

    class Meta:
        verbose_name_plural = "method terms"
        default_permissions = ("view",)
        permissions = [
            ("propose_methodterms", "Can propose terms of payment methods"),
            ("approve_methodterms", "Can approve terms of payment methods"),
        ]
        indexes = [models.Index(fields=["purpose", "currency", "method"], name="terms_of_a_currency")]
        constraints = [
            models.CheckConstraint(name="terms_purpose_known", condition=Q(purpose__in=Purpose.values)),
            models.CheckConstraint(
                name="terms_end_after_they_start", condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at"))
            ),
            models.CheckConstraint(
                name="terms_end_no_earlier_than_decided",
                condition=Q(closed_at__isnull=True) | Q(ends_at__gte=F("closed_at")),
            ),
            models.CheckConstraint(
                name="terms_start_no_earlier_than_made", condition=Q(starts_at__gte=F("created_at"))
            ),
            models.CheckConstraint(name="terms_minimum_above_zero", condition=Q(minimum__gt=0)),
            models.CheckConstraint(
                name="terms_maximum_not_below_minimum",
                condition=Q(maximum__isnull=True) | Q(maximum__gte=F("minimum")),
            ),
            models.CheckConstraint(
                name="terms_fee_is_a_fee",
                condition=Q(fee_percent__gte=0, fee_percent__lte=100, fee_fixed__gte=0, fee_payer__in=FeePayer.values),
            ),
            models.CheckConstraint(name="terms_country_two_letters", condition=Q(country__regex="^([A-Z]{2})?$")),
        ]

    def __str__(self) -> str:
        return f"terms {self.pk} of {self.method}"
