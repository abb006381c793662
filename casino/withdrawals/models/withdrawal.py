from django.db import models
from django.db.models import Q

from casino.withdrawals.enums import WithdrawalState
from casino.withdrawals.states import ENDED


class Withdrawal(models.Model):
    """A player's wish to have money paid out. `amount` in the wallet's `currency`, fee included, is held at once.

    `checks` and `risk` are the newest snapshot of the rules and of the risk score; every one that ever decided stands
    in the steps.
    """

    reference = models.CharField(max_length=40, unique=True, help_text="W-…: what players and gateways are told.")
    player = models.ForeignKey("players.Player", on_delete=models.PROTECT, related_name="+", db_index=False)
    request_key = models.CharField(max_length=100, help_text="The player's idempotency key.")
    request_hash = models.CharField(max_length=64, help_text="SHA-256 of what was asked for under the key.")
    amount = models.DecimalField(max_digits=38, decimal_places=18)
    currency = models.CharField(max_length=5)
    method = models.CharField(max_length=60, help_text="The method that the player chose.")
    instrument = models.ForeignKey(
        "cashier.Instrument", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False,
        help_text="Where the rest goes that no deposit asks back.",
    )  # fmt: skip
    state = models.CharField(max_length=12, choices=WithdrawalState.choices, default=WithdrawalState.REQUESTED)
    base = models.DecimalField(max_digits=38, decimal_places=18, help_text="The amount in the base currency, then.")
    rule = models.ForeignKey(
        "withdrawals.Rule", null=True, on_delete=models.PROTECT, related_name="+", db_index=False,
        help_text="The row of numbers in force at the request.",
    )  # fmt: skip
    checks = models.JSONField(default=list)
    risk = models.JSONField(default=dict)
    risk_score = models.IntegerField(default=0)
    auto_approved = models.BooleanField(default=False)
    taken_by = models.CharField(max_length=100, default="", blank=True, help_text="Who works on it, as staff:7.")
    reason = models.CharField(max_length=500, default="", blank=True, help_text="Of the newest step.")
    requested_at = models.DateTimeField()
    state_since = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ("view",)
        # One for each step: who may start it may not for that reason pay it.
        permissions = [
            ("start_withdrawal", "Can take a withdrawal into review"),
            ("freeze_withdrawal", "Can freeze a withdrawal"),
            ("kyc_hold_withdrawal", "Can hold a withdrawal until documents are verified"),
            ("approve_withdrawal", "Can approve a withdrawal"),
            ("second_withdrawal", "Can be the second to approve a withdrawal"),
            ("pay_withdrawal", "Can send an approved withdrawal to be paid"),
            ("cancel_withdrawal", "Can cancel a withdrawal before approval"),
            ("cancel_approved_withdrawal", "Can cancel an approved withdrawal"),
            ("cancel_pay_pending_withdrawal", "Can cancel a withdrawal that is being paid"),
            ("export_withdrawal", "Can export withdrawals"),
        ]
        constraints = [
            models.UniqueConstraint(name="withdrawal_asked_once", fields=["player", "request_key"]),
            models.CheckConstraint(name="withdrawal_amount_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="withdrawal_ended_or_open",
                condition=Q(state__in=ENDED, ended_at__isnull=False) | (~Q(state__in=ENDED) & Q(ended_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="withdrawal_with_people_has_a_name", condition=~Q(state="in_process") | ~Q(taken_by="")
            ),
        ]
        indexes = [
            models.Index(fields=["player", "-id"], name="withdrawals_of_player"),
            models.Index(fields=["state", "state_since"], name="withdrawals_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} ({self.get_state_display()})"
