from django.db import models
from django.db.models import F, Q

from casino.cashier.enums import DepositState

# States in which the money is, or was, the player's.
BOOKED = (
    DepositState.CREDITED, DepositState.REFUNDING, DepositState.CHARGED_BACK, DepositState.CHARGEBACK_REVERSED,
    DepositState.CHARGED_BACK_AGAIN,
)  # fmt: skip


class Deposit(models.Model):
    """A payment of a player to us, from the wish to its end (PAY-01).

    `amount` and `fee` are in `currency`, what the player pays in; `credit` and `margin` in `credit_currency`, that of
    the wallet: figures that the player agreed to, at stored rates. amount - fee is exchanged for credit + margin.
    """

    reference = models.CharField(max_length=40, unique=True, help_text="Ours, told to gateways.")
    player = models.ForeignKey("players.Player", on_delete=models.PROTECT, related_name="+", db_index=False)
    client_key = models.CharField(max_length=100, help_text="The player's own name of this wish: pressed twice is one.")
    method = models.CharField(max_length=60, help_text="The payment method's code.")
    gateway = models.CharField(max_length=40, default="", help_text="The one asked last, or that confirmed.")
    gateway_reference = models.CharField(max_length=200, default="")
    instrument = models.ForeignKey("cashier.Instrument", null=True, on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=38, decimal_places=18)
    currency = models.CharField(max_length=5)
    fee = models.DecimalField(max_digits=38, decimal_places=18, default=0, help_text="Kept of the amount.")
    credit = models.DecimalField(max_digits=38, decimal_places=18, help_text="What the wallet gets.")
    credit_currency = models.CharField(max_length=5)
    margin = models.DecimalField(max_digits=38, decimal_places=18, default=0, help_text="Of the conversion.")
    rate = models.ForeignKey("wallet.FxRate", null=True, on_delete=models.PROTECT, related_name="+")
    credit_rate = models.ForeignKey("wallet.FxRate", null=True, on_delete=models.PROTECT, related_name="+")
    margin_row = models.ForeignKey("cashier.ConversionMargin", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=DepositState.choices, default=DepositState.CREATED)
    code = models.CharField(max_length=60, default="", help_text="Why it ended, if it did.")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    credited_at = models.DateTimeField(null=True)
    is_first = models.BooleanField(default=False, help_text="The player's first that was credited.")
    transaction_id = models.UUIDField(null=True, unique=True, help_text="The ledger transaction that credited it.")
    suspense_id = models.UUIDField(null=True, unique=True, help_text="The one that received it uncredited.")
    route = models.JSONField(default=list, help_text="The way that was planned, and why.")
    client = models.JSONField(default=dict, help_text="What the player's browser needs to go on.")

    class Meta:
        default_permissions = ("view",)
        permissions = [
            ("ask_deposit", "Can ask the gateway about a deposit now"),
            ("expire_deposit", "Can mark an open deposit as expired"),
            ("propose_deposit_refund", "Can propose to refund a credited deposit"),
            ("approve_deposit_refund", "Can approve the refund of a credited deposit"),
        ]
        constraints = [
            models.UniqueConstraint(name="deposit_wished_once", fields=["player", "client_key"]),
            models.UniqueConstraint(name="one_first_deposit", fields=["player"], condition=Q(is_first=True)),
            models.CheckConstraint(name="deposit_is_money", condition=Q(amount__gt=0, credit__gt=0)),
            models.CheckConstraint(
                name="deposit_fee_within_amount", condition=Q(fee__gte=0, margin__gte=0) & Q(fee__lt=F("amount"))
            ),
            models.CheckConstraint(
                name="deposit_same_currency_is_exact",
                condition=~Q(currency=F("credit_currency")) | Q(amount=F("credit") + F("fee"), margin=0),
            ),
            models.CheckConstraint(
                name="deposit_credited_by_a_transaction",
                condition=~Q(state__in=BOOKED) | Q(transaction_id__isnull=False, credited_at__isnull=False),
            ),
            models.CheckConstraint(
                name="deposit_received_by_a_transaction",
                condition=~Q(state=DepositState.TO_REFUND) | Q(suspense_id__isnull=False),
            ),
            models.CheckConstraint(
                name="deposit_credited_or_suspended",
                condition=Q(transaction_id__isnull=True) | Q(suspense_id__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["player", "-created_at"], name="cashier_deposit_of_player"),
            models.Index(fields=["-created_at"], name="cashier_deposit_newest"),
            models.Index(fields=["gateway", "gateway_reference"], name="cashier_deposit_at_gateway"),
            models.Index(
                fields=["expires_at"],
                name="cashier_deposit_open",
                condition=Q(state__in=["created", "pending", "authorised"]),
            ),
        ]

    def __str__(self) -> str:
        return self.reference
