from django.db import models
from django.db.models import F, Q

from casino.games.enums import ENDED_BY_PEOPLE_ONLY, StopReason, StopScope

_TARGETS = ("provider", "game", "player")


def _target_of(scope: StopScope) -> Q:
    """A row of this scope, with its target and no other."""
    return Q(scope=scope, **{f"{name}__isnull": name != scope.value for name in _TARGETS})


class Stop(models.Model):
    """Bets and launches are refused from `starts_at` to `ended_at`. What runs is settled. Never edited or deleted."""

    scope = models.CharField(max_length=8, choices=StopScope.choices)
    provider = models.ForeignKey(
        "games.Provider", on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    game = models.ForeignKey(
        "games.Game", on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    player = models.ForeignKey("players.Player", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    reason_code = models.CharField(max_length=12, choices=StopReason.choices)
    reason = models.CharField(max_length=500)
    placed_by = models.CharField(max_length=100, help_text="Who stopped play, such as staff:7.")
    starts_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True, help_text="Ends by itself then; empty: until resumed.")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=100, blank=True, default="")
    end_reason = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        ordering = ["-pk"]
        default_permissions = ("view",)
        permissions = [
            ("stop_play", "Can stop play of a provider or a game"),
            ("stop_player", "Can stop play of a player"),
            ("stop_all", "Can stop all gaming"),
            ("resume_play", "Can resume play that was stopped"),
            ("review_stop", "Can review a stop that somebody else placed"),
        ]
        constraints = [
            models.CheckConstraint(
                name="stop_scope_matches_target",
                condition=Q(scope=StopScope.ALL, provider__isnull=True, game__isnull=True, player__isnull=True)
                | _target_of(StopScope.PROVIDER)
                | _target_of(StopScope.GAME)
                | _target_of(StopScope.PLAYER),
            ),
            # Also the index by which every bet finds what is stopped now: it holds the live rows alone.
            models.UniqueConstraint(
                name="one_live_stop_per_target",
                fields=["scope", "provider", "game", "player"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="stop_reason_known", condition=Q(reason_code__in=StopReason.values)),
            models.CheckConstraint(name="stop_reason_told", condition=~Q(reason="") & ~Q(placed_by="")),
            models.CheckConstraint(
                name="stop_ends_after_start",
                condition=(Q(until__isnull=True) | Q(until__gt=F("starts_at")))
                & (Q(ended_at__isnull=True) | Q(ended_at__gte=F("starts_at"))),
            ),
            models.CheckConstraint(
                name="stop_end_is_told",
                condition=Q(ended_at__isnull=True, ended_by="", end_reason="")
                | (Q(ended_at__isnull=False) & ~Q(ended_by="") & ~Q(end_reason="")),
            ),
            models.CheckConstraint(
                name="legal_stop_is_ended_by_a_person",
                condition=~Q(reason_code__in=ENDED_BY_PEOPLE_ONLY)
                | (Q(until__isnull=True) & (Q(ended_at__isnull=True) | Q(ended_by__startswith="staff:"))),
            ),
        ]

    def __str__(self) -> str:
        return f"Stop {self.pk}"
