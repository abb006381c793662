from django.db import models
from django.db.models import F, Q


class SettlementFile(models.Model):
    """A gateway's settlement file, loaded and booked once. Append-only."""

    gateway = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, unique=True)
    period_from = models.DateField(help_text="The first day that a line is booked on, as the gateway counts days.")
    period_to = models.DateField()
    line_count = models.IntegerField()
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=100)
    transaction_id = models.UUIDField(null=True, unique=True, help_text="Null: all totals are zero.")

    class Meta:
        default_permissions = ("view",)
        permissions = [("load_settlementfile", "Can load a settlement file")]
        constraints = [
            models.UniqueConstraint(name="settlement_name_once_per_gateway", fields=["gateway", "name"]),
            models.CheckConstraint(name="settlement_period_in_order", condition=Q(period_from__lte=F("period_to"))),
            models.CheckConstraint(name="settlement_has_lines", condition=Q(line_count__gt=0)),
        ]
        indexes = [models.Index(fields=["gateway", "-loaded_at"], name="settlement_files_newest")]

    def __str__(self) -> str:
        return self.name


class SettlementTotal(models.Model):
    """The sums of a file in one currency, as booked: gross leaves clearing, net reaches the bank, the fee is a cost."""

    file = models.ForeignKey(SettlementFile, on_delete=models.PROTECT, related_name="totals", db_index=False)
    currency = models.CharField(max_length=5)
    gross = models.DecimalField(max_digits=38, decimal_places=18)
    fee = models.DecimalField(max_digits=38, decimal_places=18)
    net = models.DecimalField(max_digits=38, decimal_places=18)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(name="settlement_total_per_currency", fields=["file", "currency"]),
            models.CheckConstraint(name="settlement_net_is_gross_less_fee", condition=Q(net=F("gross") - F("fee"))),
            models.CheckConstraint(name="settlement_fee_not_negative", condition=Q(fee__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.net} {self.currency}"
