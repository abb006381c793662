from django.db import models
from django.db.models import Q

from casino.cashier.enums import Ownership
from casino.gateways.enums import InstrumentKind


class Instrument(models.Model):
    """A player's means of payment at a gateway: a token, never a number (SEC-01).

    `owner_name` is encrypted with the person's key. New ones wait: `first_used_at` and `verified_at` tell since when
    money may go to it. Removed by the player it is offered no more, and stays as the way that money came.
    """

    player = models.ForeignKey("players.Player", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20, choices=InstrumentKind.choices)
    gateway = models.CharField(max_length=40)
    token = models.CharField(max_length=200, default="")
    fingerprint = models.CharField(max_length=200, default="", help_text="The same for the same card or account.")
    scheme = models.CharField(max_length=40, default="")
    last_four = models.CharField(max_length=4, default="")
    expires = models.DateField(null=True)
    country = models.CharField(max_length=2, default="")
    owner_name = models.BinaryField(null=True, help_text="As the gateway knows it; encrypted.")
    ownership = models.CharField(max_length=10, choices=Ownership.choices, default=Ownership.UNKNOWN)
    added_at = models.DateTimeField()
    first_used_at = models.DateTimeField(null=True, help_text="When money first came from it.")
    last_used_at = models.DateTimeField(null=True)
    verified_at = models.DateTimeField(null=True)
    verified_by = models.CharField(max_length=100, default="")
    removed_at = models.DateTimeField(null=True, help_text="By the player.")
    blocked_at = models.DateTimeField(null=True)
    blocked_because = models.CharField(max_length=200, default="")

    class Meta:
        default_permissions = ("view",)
        permissions = [
            ("block_instrument", "Can block a means of payment"),
            ("verify_instrument", "Can confirm that a means of payment is the player's own"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="instrument_known_once", fields=["player", "gateway", "kind", "token", "fingerprint", "last_four"]
            ),
            models.CheckConstraint(name="instrument_kind_known", condition=Q(kind__in=InstrumentKind.values)),
            models.CheckConstraint(name="instrument_ownership_known", condition=Q(ownership__in=Ownership.values)),
            models.CheckConstraint(
                name="instrument_verified_by_somebody",
                condition=Q(ownership=Ownership.VERIFIED, verified_at__isnull=False) & ~Q(verified_by="")
                | ~Q(ownership=Ownership.VERIFIED),
            ),
            models.CheckConstraint(
                name="instrument_blocked_with_a_reason",
                condition=Q(blocked_at__isnull=True) | ~Q(blocked_because=""),
            ),
            models.CheckConstraint(
                name="instrument_shows_four_at_most", condition=Q(last_four__regex=r"^[0-9A-Za-z]{0,4}$")
            ),
        ]
        indexes = [
            models.Index(fields=["player", "-added_at"], name="instrument_of_player"),
            models.Index(fields=["fingerprint"], name="instrument_shared", condition=~Q(fingerprint="")),
        ]

    def __str__(self) -> str:
        shown = f" ••{self.last_four}" if self.last_four else ""
        return f"{self.scheme or self.get_kind_display()}{shown}"
