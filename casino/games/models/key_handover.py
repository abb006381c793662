from django.db import models
from django.db.models import F, Q


class KeyHandover(models.Model):
    """Who may see a new key's secret, once, and until when. The secret itself stands encrypted with the key."""

    key = models.OneToOneField("games.ProviderKey", primary_key=True, on_delete=models.PROTECT, related_name="handover")
    receiver = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="+", db_index=False)
    until = models.DateTimeField()
    approval = models.CharField(max_length=40, help_text="The approval by which it was issued, such as approval:12.")
    shown_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="secret_shown_in_its_time", condition=Q(shown_at__isnull=True) | Q(shown_at__lt=F("until"))
            ),
        ]

    def __str__(self) -> str:
        return f"handover of key {self.key_id}"
