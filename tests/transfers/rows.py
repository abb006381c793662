"""Stays made without a provider, by telling the services what one would have told."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from casino.games.models import Game
from casino.play.enums import SessionMode
from casino.play.services.sessions import session_prepare
from casino.transfers.enums import Direction, Purpose, ReturnReason, Standing
from casino.transfers.models import TransferLeg, TransferVisit
from casino.transfers.services.endings import visit_recall
from casino.transfers.services.legs import leg_send, leg_settle
from casino.transfers.services.openings import leg_plan, visit_plan
from casino.transfers.types import Told
from players.models import Player
from wallet.services.transfers import transfer_out

ACTOR = "system:tests"


def stay_plan(player: Player, game: Game, amount: str, now: datetime) -> TransferLeg:
    """Money set aside, and its way there planned."""
    session = session_prepare(player=player, game=game, mode=SessionMode.REAL, now=now).session
    return visit_plan(
        player=player, game=game, session=session, sign_in_id=None, amount=Decimal(amount), actor=ACTOR, now=now
    )


def told(leg: TransferLeg, amount: str, now: datetime) -> TransferVisit:
    """The leg is sent, and the provider says that it moved so much."""
    leg_send(leg_id=leg.pk, now=now)
    answer = Told(standing=Standing.DONE, amount=Decimal(amount), currency=leg.visit.currency)
    leg_settle(leg_id=leg.pk, told=answer, purpose=Purpose.STATUS, actor=ACTOR, now=now)
    return TransferVisit.objects.get(pk=leg.visit_id)


def stay_end(visit: TransferVisit, returned: str, now: datetime) -> TransferVisit:
    """The money comes back."""
    visit_recall(visit_id=visit.pk, reason=ReturnReason.EXIT, note="", actor=ACTOR, now=now)
    return told(TransferLeg.objects.get(visit=visit, settled_at=None), returned, now)


def stay_of(player: Player, game: Game, session_id: int, now: datetime) -> dict[str, int]:
    """A stay that is open, whatever stands against the player: keys of its rows by their screens."""
    hold = transfer_out(
        player_id=player.pk, currency=player.currency, amount=Decimal(1), reference="x", actor=ACTOR, now=now
    )
    visit = TransferVisit.objects.create(
        reference=f"tv_{player.nickname.lower()}", player=player, provider_id=game.provider_id, game=game,
        session_id=session_id, hold_id=hold.pk, currency=player.currency, sent=1, opened_at=now, checked_at=now,
    )  # fmt: skip
    leg = leg_plan(visit=visit, direction=Direction.OUT, amount=Decimal(1), now=now)
    return {"transfers/transfervisit": visit.pk, "transfers/transferleg": leg.pk}
