from django.db import models
from django.db.models import Q


class ClientSecret(models.Model):
    """A secret of a client, as a hash. Two may be active while they are exchanged; a retired one never returns."""

    client = models.ForeignKey("access.Client", on_delete=models.PROTECT, related_name="secrets")
    slot = models.PositiveSmallIntegerField(help_text="1 or 2: the two places that active secrets can take.")
    hashed = models.CharField(max_length=255, editable=False)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=100)
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.CharField(max_length=100, blank=True, default="")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                name="at_most_two_active_api_secrets", fields=["client", "slot"], condition=Q(retired_at__isnull=True)
            ),
            models.CheckConstraint(name="api_secret_slot_is_one_or_two", condition=Q(slot__in=[1, 2])),
        ]

    def __str__(self) -> str:
        return f"secret {self.pk} of client {self.client_id}"
