"""Closing rounds: only ever on the provider's word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from casino.games.models import Game
from casino.play import errors
from casino.play.enums import RoundState
from casino.play.models import Round
from casino.play.selectors.balances import balance_of_player
from casino.play.types import Balance, Caller
from players.models import Player
from wallet.locks import busy_when_locked, wallet_lock


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedRound:
    """A round after it was closed, now or earlier."""

    reference: str
    closed_at: datetime
    balance: Balance


@busy_when_locked()
@transaction.atomic
def round_end(*, player: str, game_code: str, reference: str, caller: Caller, now: datetime) -> EndedRound:
    """Close a round that has no further calls; closing twice is a success and keeps the first time.

    Raises PlayerNotFound, GameNotFound, RoundNotFound, Busy.
    """
    person = Player.objects.filter(public_id=player).first()
    if person is None or not caller.knows(is_test=person.is_test):
        raise errors.PlayerNotFound
    if not Game.objects.filter(provider_id=caller.provider_id, code=game_code).exists():
        raise errors.GameNotFound
    wallet_lock(player_id=person.pk, currency=person.currency)
    found = (
        Round.objects.select_for_update()
        .filter(provider_id=caller.provider_id, player_id=person.pk, reference=reference)
        .first()
    )
    if found is None:
        raise errors.RoundNotFound
    if found.closed_at is None:
        found.state = RoundState.CLOSED
        found.closed_at = now
        found.save(update_fields=["state", "closed_at"])
    return EndedRound(
        reference=found.reference,
        closed_at=found.closed_at,
        balance=balance_of_player(player_id=person.pk, currency=person.currency),
    )
