from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from casino.lobby.enums import DeviceKind


class Availability(models.Model):
    """In which currencies and on which devices a game is offered; a game without a row: in all, on all."""

    game = models.OneToOneField("games.Game", primary_key=True, on_delete=models.PROTECT, related_name="availability")
    currencies = ArrayField(models.CharField(max_length=5), default=list, blank=True, help_text="Empty: all.")
    devices = ArrayField(
        models.CharField(max_length=10, choices=DeviceKind.choices), default=list, blank=True, help_text="Empty: all."
    )

    class Meta:
        verbose_name_plural = "availability"
        default_permissions = ("view", "change")
        constraints = [
            models.CheckConstraint(
                name="availability_devices_known", condition=Q(devices__contained_by=DeviceKind.values)
            ),
        ]

    def __str__(self) -> str:
        return f"availability of {self.game}"
