from django.db import models
from django.db.models import Q

from compliance.exclusions.enums import ReturnState


class ReturnRequest(models.Model):
    """A player's request to return once the term is over: waits its cooling-off, then for a colleague's contact.

    Nothing returns by itself. The exclusion is over only by this row's `returned`.
    """

    exclusion = models.ForeignKey("exclusions.Exclusion", on_delete=models.PROTECT, related_name="+", db_index=False)
    player = models.ForeignKey(
        "players.Player", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="Empty for a person without an account, whose wish was revoked in writing (MT-06).",
    )  # fmt: skip
    asked_by = models.CharField(max_length=100)
    asked_at = models.DateTimeField()
    cooling_off_until = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ReturnState.choices, default=ReturnState.WAITING)
    contacted_at = models.DateTimeField(null=True, blank=True)
    contacted_by = models.CharField(max_length=100, blank=True)
    contact_note = models.CharField(max_length=1000, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=100, blank=True)
    end_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = "request to return"
        verbose_name_plural = "requests to return"
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(name="return_state_known", condition=Q(state__in=ReturnState.values)),
            models.CheckConstraint(
                name="return_ended_has_a_moment",
                condition=Q(state=ReturnState.WAITING, ended_at__isnull=True)
                | (~Q(state=ReturnState.WAITING) & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="return_contact_is_told",
                condition=Q(contacted_at__isnull=True) | (~Q(contacted_by="") & ~Q(contact_note="")),
            ),
            models.UniqueConstraint(
                fields=["exclusion"], condition=Q(state="waiting"), name="one_open_return_per_exclusion"
            ),
        ]
        indexes = [models.Index(fields=["state", "asked_at"], name="returns_by_age")]

    def __str__(self) -> str:
        return f"request to return no. {self.pk}"
