from django.db import models


class Device(models.Model):
    """A device or browser from which a player came. `device_index` is a keyed digest of the device's own id, so that
    one device is found again under every account without being known."""

    player = models.ForeignKey("players.Player", on_delete=models.PROTECT, related_name="+", db_index=False)
    device_index = models.BinaryField()
    kind = models.CharField(max_length=80, help_text="Browser and system, as the device tells them.")
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    last_ip = models.GenericIPAddressField(null=True)

    class Meta:
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["player", "device_index"], name="a_device_once_for_a_player")]
        indexes = [models.Index(fields=["device_index"], name="players_by_device")]

    def __str__(self) -> str:
        return self.kind
