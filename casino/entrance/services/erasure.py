"""Erasing a person: asked for by the player or for them, kept waiting as long as the law asks to keep records."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Final

from casino.play.selectors.player_play import open_play_of_player
from compliance.audit.models import AuditEvent
from compliance.audit.names import EventName
from compliance.policy.keys import PolicyKey
from compliance.policy.selectors.policies import policy_of
from players.accounts.errors import ErasureNotPossible
from players.accounts.models import Erasure
from players.accounts.periods import months_back
from players.accounts.services.erasures import erasure_begin
from players.models import Player
from wallet.selectors.player_money import player_accounts

YEARS: Final = 10


def erasure_request(*, player_id: int, actor: str, now: datetime) -> Erasure:
    """Begin the erasure of a closed account without money, open rounds or debts (GDPR-02, GDPR-03).

    The person is erased when the jurisdiction's retention since the closing is over. Raises ErasureNotPossible.
    """
    player = Player.objects.get(pk=player_id)
    left = [account for account in player_accounts(player_id=player_id) if account.balance != Decimal(0)]
    if left or open_play_of_player(player_id=player_id).rounds:
        raise ErasureNotPossible
    return erasure_begin(player_id=player_id, delete_after=_kept_until(player, now), actor=actor, now=now)


def _kept_until(player: Player, now: datetime) -> datetime:
    years = policy_of(jurisdiction=player.jurisdiction, now=now).number(PolicyKey.RETENTION_YEARS) or YEARS
    closings = AuditEvent.objects.filter(player_id=player.pk, name=EventName.PLAYER_CLOSED).order_by("-pk")
    closed_at = closings.values_list("occurred_at", flat=True).first() or now
    day = months_back(closed_at.date(), -12 * years)
    return datetime.combine(day, closed_at.timetz(), tzinfo=closed_at.tzinfo or UTC)
