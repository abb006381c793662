from django.db import models

from casino.gateways.enums import Purpose


class DatedRow(models.Model):
    """What holds for some players from an instant until another, which is not in it. Empty dimensions mean: any.

    A row is never edited but for its end, which is brought forward when a later row takes its place.
    """

    method = models.ForeignKey("routing.PaymentMethod", on_delete=models.PROTECT, related_name="+", db_index=False)
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    brand = models.ForeignKey(
        "players.Brand", on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False,
        help_text="Empty: every brand.",
    )  # fmt: skip
    country = models.CharField(max_length=2, blank=True, default="", help_text="Empty: every country.")
    segment = models.CharField(
        max_length=40, blank=True, default="", help_text="A tag, or new or returning; empty: everybody."
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True, help_text="From then on it does not hold; empty: open.")
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=100)
    reason = models.CharField(max_length=500)
    closed_at = models.DateTimeField(null=True, blank=True, help_text="When its end was brought forward.")

    class Meta:
        abstract = True
