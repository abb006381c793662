from django.db import models
from django.db.models import F, Q

from players.accounts.enums import ErasureState


class Erasure(models.Model):
    """How far a player's erasure has come; each step has its date, and a legal hold stops the next (GDPR-02, 03)."""

    player = models.OneToOneField("players.Player", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, choices=ErasureState.choices)
    requested_at = models.DateTimeField()
    delete_after = models.DateTimeField(help_text="When the law no longer asks to keep the person's data.")
    pseudonymised_at = models.DateTimeField(null=True)
    purged_at = models.DateTimeField(null=True)
    legal_hold = models.CharField(max_length=300, default="", blank=True, help_text="Why it waits, if it does.")

    class Meta:
        default_permissions = ("view",)
        permissions = [("hold_erasure", "Can stop and resume a player's erasure")]
        constraints = [
            models.CheckConstraint(name="erasure_state_known", condition=Q(state__in=ErasureState.values)),
            models.CheckConstraint(
                name="erased_no_earlier_than_the_law_allows",
                condition=Q(pseudonymised_at__isnull=True) | Q(pseudonymised_at__gte=F("delete_after")),
            ),
            models.CheckConstraint(
                name="erasure_steps_in_order",
                condition=Q(state=ErasureState.RESTRICTED, pseudonymised_at__isnull=True, purged_at__isnull=True)
                | Q(state=ErasureState.PSEUDONYMISED, pseudonymised_at__isnull=False, purged_at__isnull=True)
                | Q(state=ErasureState.PURGED, pseudonymised_at__isnull=False, purged_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["state", "delete_after"], name="erasures_by_date")]

    def __str__(self) -> str:
        return f"erasure of player {self.player_id}: {self.state}"
