"""The demonstration's transfer provider, known here as its simulator knows itself."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from casino.games.enums import GameCategory, ProviderProtocol
from casino.games.models import Game, Provider, ProviderKey
from common.field_secrets import secret_close

CODE = "north-star"
KEY = "k1"


@transaction.atomic
def demo_transfers_seed(*, secret: str, now: datetime) -> Provider:
    """North Star Games with its key and the game Comet; once, however often it is called."""
    provider, _made = Provider.objects.get_or_create(
        code=CODE,
        defaults={"name": "North Star Games", "protocol": ProviderProtocol.TRANSFER_V1, "is_sandbox": True},
    )
    if not provider.keys.filter(key_id=KEY).exists():
        ProviderKey.objects.create(
            provider=provider, key_id=KEY, secret_encrypted=secret_close(secret), slot=1, created_at=now
        )
    Game.objects.get_or_create(
        provider=provider, code="comet",
        defaults={"name": "Comet", "category": GameCategory.CRASH, "theoretical_rtp": Decimal("96.50")},
    )  # fmt: skip
    return provider
