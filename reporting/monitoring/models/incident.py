from django.db import models
from django.db.models import Q

from reporting.monitoring.enums import FreezeScope, IncidentState, Severity

_TARGETS = ("player", "game", "provider")


def _target_of(scope: FreezeScope) -> Q:
    return Q(scope=scope, **{f"{name}__isnull": name != scope.value for name in _TARGETS})


class Incident(models.Model):
    """A promise of the books that is broken, and what was frozen for it: one player, game or provider, never more.

    People lift it with a reason; a P1 takes two of them (compliance/approvals).
    """

    scope = models.CharField(max_length=8, choices=FreezeScope.choices)
    player = models.ForeignKey("players.Player", null=True, on_delete=models.PROTECT, related_name="+")
    game = models.ForeignKey("games.Game", null=True, on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey("games.Provider", null=True, on_delete=models.PROTECT, related_name="+")
    severity = models.CharField(max_length=2, choices=Severity.choices)
    promise = models.CharField(max_length=60)
    row = models.CharField(max_length=200, help_text="The row that breaks it.")
    expected = models.CharField(max_length=300)
    found = models.CharField(max_length=300)
    flags = models.JSONField(default=list, help_text="Blocks of the player that it placed.")
    stop = models.ForeignKey("games.Stop", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=IncidentState.choices, default=IncidentState.OPEN)
    opened_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=100, default="")
    lift_reason = models.CharField(max_length=500, default="")
    approval = models.CharField(max_length=100, default="", help_text="Such as approval:12.")

    class Meta:
        ordering = ["-pk"]
        default_permissions = ("view",)
        permissions = [
            ("lift_incident", "Can lift a freeze, or propose to lift one of P1"),
            ("approve_incident_lift", "Can approve lifting a freeze"),
        ]
        constraints = [
            models.CheckConstraint(
                name="incident_freezes_one_target",
                condition=_target_of(FreezeScope.PLAYER)
                | _target_of(FreezeScope.GAME)
                | _target_of(FreezeScope.PROVIDER),
            ),
            models.UniqueConstraint(
                name="one_open_incident_per_target",
                fields=["scope", "player", "game", "provider"],
                condition=Q(state="open"),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="incident_lifted_by_a_person_with_a_reason",
                condition=Q(state="open", lifted_at__isnull=True, lifted_by="", lift_reason="")
                | (Q(state="lifted", lifted_at__isnull=False, lifted_by__startswith="staff:") & ~Q(lift_reason="")),
            ),
            models.CheckConstraint(
                name="p1_incident_lifted_by_two", condition=Q(state="open") | ~Q(severity="p1") | ~Q(approval="")
            ),
        ]

    def __str__(self) -> str:
        return f"Incident {self.pk}"
