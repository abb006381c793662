from django.db import models
from django.db.models import F, Q

from casino.reconciliation.enums import BreakKind, BreakState, StepKind
from casino.reconciliation.states import WAITING


class Break(models.Model):
    """A transaction about which a provider's statement and our books do not agree, until it is right or explained.

    `theirs` and `ours` are what stands on each side; null: nothing at all. `amount` is what it is about, never
    negative. `told_as` names it once, so that the same trouble told again is the same break.
    """

    provider = models.ForeignKey("games.Provider", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=14, choices=BreakKind.choices)
    told_as = models.CharField(max_length=330)
    statement = models.ForeignKey("reconciliation.Statement", on_delete=models.PROTECT, related_name="breaks")
    line = models.ForeignKey("reconciliation.Line", null=True, on_delete=models.PROTECT, related_name="+")
    leg = models.UUIDField(null=True)
    player = models.ForeignKey("players.Player", null=True, on_delete=models.PROTECT, related_name="+")
    transaction_id = models.CharField(max_length=255)
    round_reference = models.CharField(max_length=255, default="")
    currency = models.CharField(max_length=5)
    theirs = models.DecimalField(max_digits=38, decimal_places=18, null=True)
    ours = models.DecimalField(max_digits=38, decimal_places=18, null=True)
    amount = models.DecimalField(max_digits=38, decimal_places=18)
    cause = models.CharField(max_length=500)
    owner = models.ForeignKey("staff.StaffUser", null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(help_text="The provider's moment, or that of our booking: its age counts from here.")
    state = models.CharField(max_length=12, choices=BreakState.choices, default=BreakState.OPEN)
    reason = models.CharField(max_length=500, default="")
    decided_by = models.CharField(max_length=100, default="")
    decided_at = models.DateTimeField(null=True)
    worth = models.DecimalField(
        max_digits=38, decimal_places=18, null=True, help_text="In the base currency, when it was written off."
    )
    tolerance = models.DecimalField(max_digits=38, decimal_places=18, null=True)
    opened_at = models.DateTimeField()

    class Meta:
        verbose_name = "break with a provider"
        verbose_name_plural = "breaks with providers"
        default_permissions = ("view",)
        permissions = [
            ("resolve_break", "Can explain, own and close breaks with providers"),
            ("write_off_break", "Can write off breaks under the tolerance"),
            ("propose_correction", "Can propose a correction of a break"),
            ("approve_correction", "Can decide corrections of breaks"),
        ]
        constraints = [
            models.UniqueConstraint(name="one_break_of_a_kind_per_transaction", fields=["provider", "kind", "told_as"]),
            models.CheckConstraint(name="provider_break_kind_known", condition=Q(kind__in=BreakKind.values)),
            models.CheckConstraint(name="provider_break_amount_not_negative", condition=Q(amount__gte=0)),
            models.CheckConstraint(
                name="provider_break_names_its_sides",
                condition=Q(kind="missing_ours", line__isnull=False, leg__isnull=True)
                | Q(kind="missing_theirs", line__isnull=True, leg__isnull=False)
                | Q(kind="duplicate", line__isnull=False)
                | (
                    ~Q(kind__in=["missing_ours", "missing_theirs", "duplicate"])
                    & Q(line__isnull=False, leg__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="provider_break_decided_with_a_reason",
                condition=Q(state="open") | (~Q(reason="") & ~Q(decided_by="") & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="written_off_is_under_tolerance",
                condition=~Q(state="written_off")
                | Q(worth__isnull=False, tolerance__isnull=False, worth__lte=F("tolerance")),
            ),
        ]
        indexes = [
            models.Index(fields=["provider", "since"], name="provider_breaks_waiting", condition=Q(state__in=WAITING)),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.transaction_id}"


class BreakStep(models.Model):
    """What was done about a break, by whom and when; never edited."""

    break_row = models.ForeignKey(Break, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=StepKind.choices)
    words = models.CharField(max_length=500)
    actor = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(name="break_step_kind_known", condition=Q(kind__in=StepKind.values))]

    def __str__(self) -> str:
        return f"{self.kind} {self.break_row_id}"
