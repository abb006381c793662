from django.db import models


class GatewayInquiry(models.Model):
    """How often the janitor has asked about a payment whose outcome is unknown, and when it asks next."""

    gateway = models.CharField(max_length=20)
    reference = models.CharField(max_length=80)
    asked = models.PositiveIntegerField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True, help_text="What came of the last question.")

    class Meta:
        verbose_name = "question about a payment"
        verbose_name_plural = "questions about payments"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["gateway", "reference"], name="one_gateway_inquiry_per_payment"),
        ]

    def __str__(self) -> str:
        return f"{self.gateway} {self.reference}"
