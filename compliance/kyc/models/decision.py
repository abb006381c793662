from django.db import models

from compliance.kyc.enums import Level, Status


class Decision(models.Model):
    """One step of a verification: from what to what, by whom and on what grounds. Never edited."""

    player = models.ForeignKey("players.Player", on_delete=models.PROTECT, related_name="+", db_index=False)
    status = models.CharField(max_length=10, choices=Status.choices)
    status_before = models.CharField(max_length=10, choices=Status.choices)
    level = models.SmallIntegerField(choices=Level.choices)
    level_before = models.SmallIntegerField(choices=Level.choices)
    reason = models.CharField(max_length=500)
    labels = models.JSONField(default=list, help_text="The provider's labels, such as FORGERY.")
    automated = models.BooleanField(help_text="Decided without a person: a player may ask for one (GDPR-06).")
    actor = models.CharField(max_length=100)
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name = "decision of verification"
        verbose_name_plural = "decisions of verification"
        default_permissions = ("view",)
        indexes = [models.Index(fields=["player", "-decided_at"], name="kyc_decisions_of_player")]

    def __str__(self) -> str:
        return f"decision {self.pk} about player {self.player_id}"
