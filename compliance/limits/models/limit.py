from django.db import models
from django.db.models import F, Q

from compliance.limits.enums import LimitKind, LimitOwner, LimitPeriod


class Limit(models.Model):
    """One bound of a player's play, as it was in force from `starts_at` to `ended_at`.

    Another amount is another row that names the one it replaces, so the rows are the history. A player's own limit
    gives way to a looser one, or to none, only by a `LimitChange` whose time has come (docs/guards.md).
    """

    player = models.ForeignKey("players.Player", on_delete=models.PROTECT, related_name="+", db_index=False)
    owner = models.CharField(max_length=10, choices=LimitOwner.choices)
    kind = models.CharField(max_length=12, choices=LimitKind.choices)
    period = models.CharField(max_length=5, choices=LimitPeriod.choices, blank=True)
    amount = models.DecimalField(max_digits=38, decimal_places=18, help_text="In the currency; minutes for time.")
    currency = models.CharField(max_length=5, blank=True, help_text="Empty for time.")
    starts_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    set_by = models.CharField(max_length=100, help_text="Who set it, such as player:12, staff:7 or system:limits.")
    ended_by = models.CharField(max_length=100, default="")
    reason = models.CharField(max_length=500, default="")
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="+")
    change = models.OneToOneField(
        "limits.LimitChange", null=True, on_delete=models.PROTECT, related_name="+",
        help_text="The request that brought it, where it is looser than the one before.",
    )  # fmt: skip

    class Meta:
        default_permissions = ("view",)
        permissions = [
            ("set_operator_limit", "Can set and tighten an operator limit of a player"),
            ("propose_loosening", "Can propose to loosen or end an operator limit"),
            ("approve_loosening", "Can approve that an operator limit is loosened or ended"),
        ]
        constraints = [
            models.CheckConstraint(name="limit_kind_known", condition=Q(kind__in=LimitKind.values)),
            models.CheckConstraint(name="limit_owner_known", condition=Q(owner__in=LimitOwner.values)),
            models.CheckConstraint(
                name="limit_period_fits_its_kind",
                condition=Q(kind=LimitKind.STAKE, period=LimitPeriod.NONE)
                | (~Q(kind=LimitKind.STAKE) & Q(period__in=[LimitPeriod.DAY, LimitPeriod.WEEK, LimitPeriod.MONTH])),
            ),
            models.CheckConstraint(
                name="limit_currency_fits_its_kind",
                condition=Q(kind=LimitKind.SESSION_TIME, currency="")
                | (~Q(kind=LimitKind.SESSION_TIME) & ~Q(currency="")),
            ),
            models.CheckConstraint(name="limit_amount_never_negative", condition=Q(amount__gte=0)),
            models.CheckConstraint(
                name="limit_ends_after_its_start", condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("starts_at"))
            ),
            models.UniqueConstraint(
                name="one_limit_in_force_per_owner_kind_and_period",
                fields=["player", "owner", "kind", "period"],
                condition=Q(ended_at__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["player", "starts_at"], name="limit_of_player")]

    def __str__(self) -> str:
        each = f" a {self.period}" if self.period else ""
        return f"{self.owner}'s limit {self.pk}: {self.kind}{each}"
