"""Where a game is offered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from casino.games.models import Game
from casino.lobby.enums import DeviceKind
from casino.lobby.errors import AvailabilityRefused
from casino.lobby.models import Availability
from common.currencies import CURRENCIES
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record


@transaction.atomic
def availability_set(
    *, game: Game, currencies: Sequence[str], devices: Sequence[str], reason: str, actor: str, now: datetime
) -> Availability:
    """Offer a game in these currencies and on these devices alone; none named: in all, on all.

    Raises AvailabilityRefused.
    """
    if set(currencies) - CURRENCIES.keys() or set(devices) - set(DeviceKind.values):
        raise AvailabilityRefused
    before = Availability.objects.select_for_update().filter(pk=game.pk).values("currencies", "devices").first()
    wanted = {"currencies": sorted(set(currencies)), "devices": sorted(set(devices))}
    row, _new = Availability.objects.update_or_create(pk=game.pk, defaults=wanted)
    audit_record(
        name=EventName.GAME_AVAILABILITY_SET, actor=actor, now=now, subject=f"games.game:{game.pk}", reason=reason,
        before=before, after=wanted,
    )  # fmt: skip
    return row
