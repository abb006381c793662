from django.db import models
from django.db.models import F, Q

from compliance.exclusions.enums import ComesOff, ExclusionKind, ExclusionScope


class Exclusion(models.Model):
    """Keeps a person from play, deposits, bonuses and marketing; withdrawal stays open.

    In force from `starts_at` until `over_at` (empty: it stands). `ends_at` is the end of its term (empty: without an
    end); what comes off by request stands on after it. Never edited, but for the moment at which it is over. Longer is
    a further exclusion. `origin` is the exclusion of the same person's other account that this one follows.
    """

    player = models.ForeignKey(
        "players.Player", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False,
        help_text="Empty for a person without an account, who asked not to get one (MT-06).",
    )  # fmt: skip
    brand = models.ForeignKey("players.Brand", on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey("players.BrandGroup", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    jurisdiction = models.CharField(max_length=8)
    kind = models.CharField(max_length=15, choices=ExclusionKind.choices)
    scope = models.CharField(max_length=6, choices=ExclusionScope.choices)
    length = models.CharField(max_length=12, blank=True, help_text="As the policy words it, such as P6M.")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    over_at = models.DateTimeField(null=True, blank=True)
    comes_off = models.CharField(max_length=12, choices=ComesOff.choices)
    cooling_off_hours = models.IntegerField(default=0)
    reason = models.CharField(max_length=500, blank=True)
    contact_note = models.CharField(max_length=1000, blank=True, help_text="Of the contact in which the player asked.")
    placed_by = models.CharField(max_length=100)
    origin = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ("view",)
        permissions = [
            ("place_exclusion", "Can exclude a player, for the operator or on the player's behalf"),
            ("handle_return", "Can handle requests to return from an exclusion"),
        ]
        constraints = [
            models.CheckConstraint(name="exclusion_kind_known", condition=Q(kind__in=ExclusionKind.values)),
            models.CheckConstraint(name="exclusion_scope_known", condition=Q(scope__in=ExclusionScope.values)),
            models.CheckConstraint(name="exclusion_comes_off_known", condition=Q(comes_off__in=ComesOff.values)),
            models.CheckConstraint(
                name="exclusion_ends_after_it_starts", condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="exclusion_over_at_its_end",
                condition=~Q(comes_off=ComesOff.AT_END) | Q(ends_at__isnull=False, over_at=F("ends_at")),
            ),
            models.CheckConstraint(name="exclusion_cooling_off_not_negative", condition=Q(cooling_off_hours__gte=0)),
        ]
        indexes = [
            models.Index(fields=["player", "over_at"], name="exclusions_of_player"),
            models.Index(fields=["player"], condition=Q(over_at__isnull=True), name="exclusions_standing"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {'player ' + str(self.player_id) if self.player_id else 'a person'}"
