"""Which games of a lobby can be begun: those of transfer providers only where the provider is connected."""

from __future__ import annotations

from django.db.models import QuerySet

from casino.games.enums import TRANSFERS
from casino.games.models import Game, Provider
from casino.transfers.errors import TransferNotConnected
from casino.transfers.registry import site_of


def games_that_begin(rows: QuerySet[Game]) -> QuerySet[Game]:
    """Without the games that a launch would refuse because money can not travel to their provider."""
    shut = [provider.pk for provider in Provider.objects.filter(protocol__in=TRANSFERS) if not _connected(provider)]
    return rows.exclude(provider_id__in=shut) if shut else rows


def _connected(provider: Provider) -> bool:
    try:
        site_of(provider)
    except TransferNotConnected:
        return False
    return True
