from django.db import models
from django.db.models import Q

from casino.transfers.enums import ReturnReason, VisitState
from casino.transfers.states import OPEN_VISITS

_BACK = ("returning", "closed")


class TransferVisit(models.Model):
    """One stay of a player's money at a provider: sent there for play, and fetched back. Amounts in `currency`.

    The money stands on the player's hold account from the moment it is planned until it is back. A reason on a visit
    that is not on its way back yet is a wish: it is fetched as soon as it is known to be there.
    """

    reference = models.CharField(max_length=40, unique=True)
    player = models.ForeignKey("players.Player", on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey("games.Provider", on_delete=models.PROTECT, related_name="+")
    game = models.ForeignKey("games.Game", on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey("play.GameSession", on_delete=models.PROTECT, related_name="+")
    sign_in = models.ForeignKey(
        "accounts.PlayerSession", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    hold = models.OneToOneField("wallet.Hold", on_delete=models.PROTECT, related_name="+")
    currency = models.CharField(max_length=5)
    sent = models.DecimalField(max_digits=38, decimal_places=18)
    returned = models.DecimalField(max_digits=38, decimal_places=18, null=True)
    state = models.CharField(max_length=12, choices=VisitState.choices, default=VisitState.OPENING)
    return_reason = models.CharField(max_length=14, choices=ReturnReason.choices, blank=True, default="")
    return_note = models.CharField(max_length=200, blank=True, default="")
    disputed = models.BooleanField(default=False, help_text="The provider told another amount than ours.")
    seen_balance = models.DecimalField(max_digits=38, decimal_places=18, null=True)
    seen_at = models.DateTimeField(null=True, help_text="When the provider last told what the player has there.")
    checked_at = models.DateTimeField(help_text="When the sweep last looked.")
    opened_at = models.DateTimeField()
    arrived_at = models.DateTimeField(null=True)
    returning_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "money at a provider"
        verbose_name_plural = "money at providers"
        default_permissions = ("view",)
        permissions = [
            ("bring_back", "Can bring money back from a provider"),
            ("ask_provider", "Can ask a provider what became of money"),
        ]
        constraints = [
            models.CheckConstraint(name="visit_state_known", condition=Q(state__in=VisitState.values)),
            models.CheckConstraint(name="visit_sent_positive", condition=Q(sent__gt=0)),
            models.CheckConstraint(
                name="visit_returned_when_closed",
                condition=Q(state="closed", returned__isnull=False, returned__gte=0)
                | (~Q(state="closed") & Q(returned__isnull=True)),
            ),
            models.CheckConstraint(
                name="visit_return_has_a_reason",
                condition=~Q(state__in=_BACK) | Q(return_reason__in=ReturnReason.values),
            ),
            models.CheckConstraint(
                name="visit_end_has_its_time",
                condition=Q(state__in=OPEN_VISITS, closed_at__isnull=True)
                | (~Q(state__in=OPEN_VISITS) & Q(closed_at__isnull=False)),
            ),
            models.UniqueConstraint(
                name="one_open_visit_per_player", fields=["player"], condition=Q(state__in=OPEN_VISITS)
            ),
        ]
        indexes = [
            models.Index(fields=["checked_at"], name="visits_open", condition=Q(state__in=OPEN_VISITS)),
            models.Index(fields=["closed_at"], name="visits_closed", condition=Q(state="closed")),
        ]

    def __str__(self) -> str:
        return self.reference
