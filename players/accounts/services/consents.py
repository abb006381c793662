"""What players allow: marketing about each product by each channel. Nothing is allowed that was not said (UK-22)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from players.accounts.enums import Channel, Product
from players.accounts.models import Consent
from players.accounts.selectors.consents import consents_of
from players.models import Player


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a player."""

    product: Product
    channel: Channel
    granted: bool


@transaction.atomic
def consents_set(
    *,
    player: Player,
    answers: Sequence[Answer],
    text_version: str,
    source: str,
    ip: str | None,
    actor: str,
    now: datetime,
) -> int:
    """Record the answers that differ from what holds; how many. Each keeps the version of the text that was read."""
    Player.objects.select_for_update().get(pk=player.pk)
    holding = consents_of(player.pk)
    changed = {(a.product, a.channel): a for a in answers if holding.get((a.product, a.channel), False) != a.granted}
    Consent.objects.bulk_create([
        Consent(
            player=player, product=a.product, channel=a.channel, granted=a.granted, text_version=text_version,
            given_at=now, ip=ip, source=source,
        )
        for a in changed.values()
    ])  # fmt: skip
    if changed:
        audit_record(
            name=EventName.CONSENT_SET, actor=actor, now=now, subject=f"players.player:{player.pk}",
            brand_id=player.brand_id, player_id=player.pk,
            after={f"{p.value}:{c.value}": a.granted for (p, c), a in sorted(changed.items())} | {"source": source},
        )  # fmt: skip
    return len(changed)
