from django.db import models
from django.db.models import Q

from casino.gateways.enums import InstrumentKind


class PaymentMethod(models.Model):
    """A way to pay as players know it, whatever gateway carries it: a card, a bank transfer, a wallet, a voucher."""

    code = models.CharField(max_length=30, unique=True, help_text="Such as card or open_banking; never changes.")
    names = models.JSONField(help_text='Names by language, English at least: {"en": "Card", "de": "Karte"}.')
    kind = models.CharField(max_length=20, choices=InstrumentKind.choices)
    for_deposit = models.BooleanField(default=True)
    for_payout = models.BooleanField(default=False)

    class Meta:
        default_permissions = ("add", "change", "view")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(name="method_code_is_a_word", condition=Q(code__regex="^[a-z][a-z0-9_]{1,29}$")),
            models.CheckConstraint(name="method_has_an_english_name", condition=Q(names__has_key="en")),
            models.CheckConstraint(name="method_kind_known", condition=Q(kind__in=InstrumentKind.values)),
            models.CheckConstraint(name="method_serves_a_purpose", condition=Q(for_deposit=True) | Q(for_payout=True)),
        ]

    def __str__(self) -> str:
        return self.code

    def name_in(self, language: str) -> str:
        """The name in a language such as "de-AT", else in its first part, else in English."""
        for wanted in (language, language.partition("-")[0]):
            if name := self.names.get(wanted):
                return str(name)
        return str(self.names["en"])
