from django.db import models
from django.db.models import Q

from players.personal.enums import RevealGroup, RevealPurpose


class Reveal(models.Model):
    """One look of one person at one player's personal data, with its purpose. Never edited."""

    staff = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="+", db_index=False)
    player = models.ForeignKey("players.Player", on_delete=models.PROTECT, related_name="+")
    group = models.CharField("what", max_length=10, choices=RevealGroup.choices)
    purpose = models.CharField(max_length=20, choices=RevealPurpose.choices)
    note = models.CharField("in words", max_length=300)
    revealed_at = models.DateTimeField()

    class Meta:
        default_permissions = ("view",)
        permissions = [("view_reveal_report", "Can view how much personal data each colleague reveals")]
        constraints = [
            models.CheckConstraint(name="reveal_group_known", condition=Q(group__in=RevealGroup.values)),
            models.CheckConstraint(name="reveal_purpose_known", condition=Q(purpose__in=RevealPurpose.values)),
            models.CheckConstraint(name="reveal_purpose_told", condition=~Q(note="")),
        ]
        indexes = [
            models.Index(fields=["staff", "revealed_at"], name="reveals_of_staff"),
            models.Index(fields=["revealed_at"], name="reveals_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.group} of player {self.player_id}"
