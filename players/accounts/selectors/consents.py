"""Consents as they hold: the newest answer of each product and channel; none means no."""

from __future__ import annotations

from collections.abc import Collection

from players.accounts.enums import Channel, Product
from players.accounts.models import Consent


def consents_of(player_id: int) -> dict[tuple[Product, Channel], bool]:
    """What a player said last, by product and channel."""
    rows = Consent.objects.filter(player_id=player_id).order_by("product", "channel", "-pk")
    newest = rows.distinct("product", "channel").values_list("product", "channel", "granted")
    return {(Product(product), Channel(channel)): granted for product, channel, granted in newest}


def consenting(*, player_ids: Collection[int], product: Product, channel: Channel) -> frozenset[int]:
    """Those of the players who allow marketing about the product by the channel now: what an export may hold."""
    rows = Consent.objects.filter(player_id__in=player_ids, product=product, channel=channel)
    newest = rows.order_by("player_id", "-pk").distinct("player_id").values_list("player_id", "granted")
    return frozenset(player_id for player_id, granted in newest if granted)
