from django.db import models
from django.db.models import Q


class ProviderKey(models.Model):
    """A shared secret that signs a provider's calls. Two may be active while rotating; a retired one never returns."""

    provider = models.ForeignKey("games.Provider", on_delete=models.PROTECT, related_name="keys")
    key_id = models.CharField(max_length=64)
    secret_encrypted = models.BinaryField(editable=False)
    slot = models.PositiveSmallIntegerField(help_text="1 or 2: the two places that active keys can take.")
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        default_permissions = ("view",)
        permissions = [
            ("propose_key_change", "Can propose keys and allow-lists of providers"),
            ("approve_key_change", "Can approve keys and allow-lists of providers"),
        ]
        constraints = [
            models.UniqueConstraint(name="key_id_unique_per_provider", fields=["provider", "key_id"]),
            models.UniqueConstraint(
                name="at_most_two_active_keys", fields=["provider", "slot"], condition=Q(retired_at__isnull=True)
            ),
            models.CheckConstraint(name="key_slot_is_one_or_two", condition=Q(slot__in=[1, 2])),
        ]

    def __str__(self) -> str:
        return f"{self.key_id} of provider {self.provider_id}"
