"""Closing: by the player, for good. What is left in the account stays theirs to withdraw (A.3.9)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from common.clock import instant_text
from players.accounts.enums import Channel, LetterKind, Product
from players.accounts.models import PlayerSession
from players.accounts.services.consents import Answer, consents_set
from players.accounts.services.letters import letter_write
from players.models import Player
from players.services.players import player_close

NO_MARKETING = tuple(Answer(product, channel, granted=False) for product in Product for channel in Channel)


@transaction.atomic
def account_close(*, session: PlayerSession, reason: str, ip: str | None, now: datetime) -> Player:
    """End the account: no more play or deposits, no more marketing. Raises PlayerStatusNotChangeable.

    Sign-ins go on: they are the way to the money and the statements.
    """
    actor = f"player:{session.player_id}"
    player = player_close(player_id=session.player_id, actor=actor, now=now, reason=reason or "asked by the player")
    marketing_end(player=player, ip=ip, source="closed", actor=actor, now=now)
    letter_write(player=player, kind=LetterKind.ACCOUNT_CLOSED, now=now, facts={"at": instant_text(now)})
    return player


def marketing_end(*, player: Player, ip: str | None, source: str, actor: str, now: datetime) -> None:
    """Take back every consent to marketing, in the caller's transaction."""
    consents_set(player=player, answers=NO_MARKETING, text_version=source, source=source, ip=ip, actor=actor, now=now)
