from django.db import models
from django.db.models import Q

from casino.withdrawals.enums import PayoutState
from casino.withdrawals.states import LIVE


class Payout(models.Model):
    """One payment of a withdrawal through one gateway to one instrument. `part` tells the split, `attempt` the tries.

    `held` of the wallet's currency is set aside by `hold`. In `currency` the gateway pays `amount`, and the player
    pays `fee`. In one currency held is amount + fee; in two, held - margin is exchanged for amount + fee at the stored
    rates. `settled_by` is the transaction that booked it out, `returned_by` the one that booked it back.
    """

    withdrawal = models.ForeignKey("withdrawals.Withdrawal", on_delete=models.PROTECT, related_name="payouts")
    player = models.ForeignKey("players.Player", on_delete=models.PROTECT, related_name="+", db_index=False)
    part = models.SmallIntegerField()
    attempt = models.SmallIntegerField(default=1)
    reference = models.CharField(max_length=60, unique=True, help_text="The idempotency key of every call about it.")
    hold = models.ForeignKey("wallet.Hold", on_delete=models.PROTECT, related_name="+", db_index=False)
    instrument = models.ForeignKey(
        "cashier.Instrument", null=True, on_delete=models.PROTECT, related_name="+", help_text="Where it goes."
    )
    closed_loop = models.BooleanField(default=False, help_text="Back to where deposits came from.")
    method = models.CharField(max_length=60)
    gateway = models.CharField(max_length=40, default="", blank=True)
    gateway_method = models.CharField(max_length=60, default="", blank=True)
    gateway_reference = models.CharField(max_length=200, default="", blank=True)
    held = models.DecimalField(max_digits=38, decimal_places=18)
    fee = models.DecimalField(max_digits=38, decimal_places=18, default=0)
    amount = models.DecimalField(max_digits=38, decimal_places=18)
    currency = models.CharField(max_length=5)
    margin = models.DecimalField(max_digits=38, decimal_places=18, default=0, help_text="Kept, in the wallet's money.")
    rate = models.ForeignKey("wallet.FxRate", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    wallet_rate = models.ForeignKey(
        "wallet.FxRate", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    margin_row = models.ForeignKey(
        "cashier.ConversionMargin", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    stop_codes = models.JSONField(default=list, help_text="Codes after which no other gateway is tried.")
    state = models.CharField(max_length=10, choices=PayoutState.choices, default=PayoutState.PLANNED)
    code = models.CharField(max_length=60, default="", blank=True, help_text="The gateway's own reason.")
    text = models.CharField(max_length=300, default="", blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.UUIDField(null=True, blank=True, help_text="Ledger transaction.")
    returned_by = models.UUIDField(null=True, blank=True, help_text="Ledger transaction.")

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(name="payout_attempt_once", fields=["withdrawal", "part", "attempt"]),
            models.UniqueConstraint(name="one_live_payout_per_hold", fields=["hold"], condition=Q(state__in=LIVE)),
            models.CheckConstraint(name="payout_pays_something", condition=Q(amount__gt=0, held__gt=0)),
            models.CheckConstraint(name="payout_fee_not_negative", condition=Q(fee__gte=0, margin__gte=0)),
            models.CheckConstraint(
                name="payout_paid_by_a_transaction",
                condition=Q(state__in=("confirmed", "returned"), settled_by__isnull=False)
                | (~Q(state__in=("confirmed", "returned")) & Q(settled_by__isnull=True)),
            ),
            models.CheckConstraint(
                name="payout_returned_by_a_transaction",
                condition=Q(state="returned", returned_by__isnull=False)
                | (~Q(state="returned") & Q(returned_by__isnull=True)),
            ),
            models.CheckConstraint(
                name="payout_sent_through_a_gateway",
                condition=Q(state__in=("planned", "dropped")) | ~Q(gateway="") & Q(sent_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["gateway", "gateway_reference"], name="payout_over_there"),
            models.Index(fields=["sent_at"], name="payouts_live", condition=Q(state__in=LIVE)),
            models.Index(fields=["player", "-id"], name="payouts_of_player"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} ({self.get_state_display()})"
