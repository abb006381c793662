from django.db import models
from django.db.models import F, Q

from compliance.limits.enums import ChangeState


class LimitChange(models.Model):
    """A player's request for a looser limit, or for none: it waits out its delay and then for the player's second act.

    `effective_from` and `confirm_by` are fixed when it is asked for, by the policy then in force.
    """

    player = models.ForeignKey("players.Player", on_delete=models.PROTECT, related_name="+", db_index=False)
    limit = models.ForeignKey("limits.Limit", on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField(
        max_digits=38, decimal_places=18, null=True, help_text="The amount asked for; empty: no limit any more."
    )
    state = models.CharField(max_length=10, choices=ChangeState.choices, default=ChangeState.WAITING)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=100)
    effective_from = models.DateTimeField(help_text="Not in force before.")
    needs_confirmation = models.BooleanField()
    confirm_by = models.DateTimeField(null=True, help_text="The second act must come before.")
    policy = models.JSONField(default=dict, help_text="The policy rows that decided, by key.")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=100, default="")

    class Meta:
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(name="change_state_known", condition=Q(state__in=ChangeState.values)),
            models.CheckConstraint(
                name="change_amount_never_negative", condition=Q(amount__isnull=True) | Q(amount__gte=0)
            ),
            models.CheckConstraint(
                name="change_waits_or_has_ended",
                condition=Q(state=ChangeState.WAITING, ended_at__isnull=True)
                | (~Q(state=ChangeState.WAITING) & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="change_applied_after_its_delay",
                condition=~Q(state=ChangeState.APPLIED) | Q(ended_at__gte=F("effective_from")),
            ),
            models.CheckConstraint(
                name="change_applied_while_it_may_be_confirmed",
                condition=~Q(state=ChangeState.APPLIED)
                | Q(needs_confirmation=False)
                | Q(confirm_by__isnull=True)
                | Q(ended_at__lte=F("confirm_by")),
            ),
            models.CheckConstraint(
                name="change_waits_after_it_is_asked", condition=Q(effective_from__gte=F("asked_at"))
            ),
            models.UniqueConstraint(
                name="one_waiting_change_per_limit", fields=["limit"], condition=Q(state=ChangeState.WAITING)
            ),
        ]
        indexes = [
            models.Index(fields=["player", "asked_at"], name="change_of_player"),
            models.Index(fields=["effective_from"], name="change_waiting", condition=Q(state=ChangeState.WAITING)),
        ]

    def __str__(self) -> str:
        return f"change {self.pk} of limit {self.limit_id} ({self.state})"
