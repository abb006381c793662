from django.db import models
from django.db.models import Q

from players.accounts.enums import Channel, Product


class Consent(models.Model):
    """One answer of a player about one product and channel; the newest counts, none means no (UK-22, GDPR-05)."""

    player = models.ForeignKey("players.Player", on_delete=models.PROTECT, related_name="+", db_index=False)
    product = models.CharField(max_length=10, choices=Product.choices)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    granted = models.BooleanField()
    text_version = models.CharField(max_length=40, help_text="Which text the player read.")
    given_at = models.DateTimeField()
    ip = models.GenericIPAddressField(null=True)
    source = models.CharField(max_length=40, help_text="Where it was given, such as registration.")

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(name="consent_product_known", condition=Q(product__in=Product.values)),
            models.CheckConstraint(name="consent_channel_known", condition=Q(channel__in=Channel.values)),
            models.CheckConstraint(name="consent_names_its_text", condition=~Q(text_version="")),
        ]
        indexes = [models.Index(fields=["player", "product", "channel", "-id"], name="consents_of_player")]

    def __str__(self) -> str:
        return f"{self.product} by {self.channel}: {'yes' if self.granted else 'no'}"
