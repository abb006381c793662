"""A payment card number that was refused at an edge: that it happened and where, never a digit of it (SEC-04)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from common.cards import cards_masked
from compliance.audit.enums import Outcome
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record

PLACE_MOST: Final = 200


def card_refusal_record(
    *, place: str, actor: str, now: datetime, player_id: int | None = None, brand_id: int | None = None
) -> None:
    """Tell the trail that `actor` sent a card number at `place`, such as "POST /admin/… field note"."""
    told = cards_masked(place)[:PLACE_MOST]
    audit_record(
        name=EventName.CARD_NUMBER_REFUSED, actor=actor, now=now, subject="platform.edge:card_number",
        player_id=player_id, brand_id=brand_id, after={"place": told}, outcome=Outcome.REFUSED,
    )  # fmt: skip
