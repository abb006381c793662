from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from wallet.enums import AccountKind

PLAYER_KINDS = (
    AccountKind.PLAYER_REAL,
    AccountKind.PLAYER_BONUS,
    AccountKind.PLAYER_HOLD,
    AccountKind.PLAYER_RECEIVABLE,
)


class Account(models.Model):
    """Where money stands. Player accounts keep a balance; house accounts are summed (docs/ledger.md, ADR 0002).

    `balance` and `version` are written by `wallet_post` alone, which also keeps a player's balance
    from falling below zero and a receivable from rising above it: a CHECK here would cost every bet (ADR 0003).
    """

    kind = models.CharField(max_length=20, choices=AccountKind.choices)
    player = models.ForeignKey(
        "players.Player", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    scope = models.CharField(max_length=120, default="", blank=True, help_text="Provider, pool, gateway or reason.")
    currency = models.CharField(max_length=5)
    balance = models.DecimalField(max_digits=38, decimal_places=18, null=True)
    version = models.BigIntegerField(default=0)
    opened_at = models.DateTimeField(db_default=Now())
    # The one column the application may update: SELECT … FOR UPDATE needs the right to update something.
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_account_per_player_kind_currency_scope",
                fields=["player", "kind", "currency", "scope"],
                condition=Q(player__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_house_account_per_kind_scope_currency",
                fields=["kind", "scope", "currency"],
                condition=Q(player__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        owner = f"player {self.player_id}" if self.player_id else self.scope or "house"
        return f"{self.kind} {self.currency} ({owner})"
