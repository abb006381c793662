"""Beginning a game, seamless or not: one door for the lobby. Where money has to travel, it travels here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from casino.games.enums import TRANSFERS
from casino.games.models import Game
from casino.lobby.selectors.games import game_offered
from casino.lobby.services.launches import game_launch
from casino.play.enums import SessionEnd, SessionMode
from casino.play.models import GameSession
from casino.transfers import errors
from casino.transfers.enums import LegState, ReturnReason, Standing, VisitState
from casino.transfers.models import TransferLeg, TransferVisit
from casino.transfers.registry import site_of
from casino.transfers.selectors.visits import visit_open_of
from casino.transfers.services.endings import visit_recall
from casino.transfers.services.journeys import leg_drive, visit_bring_back
from casino.transfers.services.openings import visit_plan
from casino.transfers.types import Seat
from players.models import Player


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the player wants to play, and how. `amount` is what to take along in his currency; None: everything.

    `sign_in_id` is the sign-in under which the player asks; once it ends, money at a provider is fetched.
    """

    player: Player
    provider: str
    code: str
    mode: SessionMode
    device: str
    ip: str = ""
    amount: Decimal | None = None
    sign_in_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A game that began: with a token for the provider, or where money travels, with the address that opens it."""

    session: GameSession
    token: str = ""
    url: str = ""
    visit: TransferVisit | None = None


def game_begin(*, wish: Wish, now: datetime) -> Begun:
    """Launch a game. At a transfer provider the money goes there first; elsewhere `amount` means nothing.

    Raises what game_launch and visit_plan raise, TransferNotConnected, TransferRefusedThere, TransferUnderWay while
    the provider's answer is unknown, and GameDidNotOpen when the money is already on its way back.
    """
    player = wish.player
    game = game_offered(player=player, provider=wish.provider, code=wish.code, device=wish.device)
    travels = game.provider.protocol in TRANSFERS
    out = visit_open_of(player.pk) if travels and wish.mode == SessionMode.REAL else None
    if travels:
        site_of(game.provider)  # before anything is planned
        _free(out, game)
    launch = game_launch(
        player=player, provider=wish.provider, code=wish.code, mode=wish.mode, device=wish.device, ip=wish.ip, now=now
    )
    session = launch.session
    if not travels:
        return Begun(session=session, token=launch.token)
    if wish.mode != SessionMode.REAL:
        return Begun(session=session, url=_opened(session, game, player, now))
    visit = _sent(wish, game, session, now) if out is None else _moved_on(out, session)
    url = _opened(session, game, player, now)
    if not url:
        visit_leave(visit_id=visit.pk, reason=ReturnReason.LAUNCH_FAILED, note="", actor=_actor(player), now=now)
        raise errors.GameDidNotOpen(visit=visit.reference)
    return Begun(session=session, url=url, visit=visit)


def visit_leave(*, visit_id: int, reason: ReturnReason, note: str, actor: str, now: datetime) -> TransferVisit:
    """Fetch a player's money as far as the provider lets it; what stays unknown the janitor asks on.

    Raises TransferNotConnected.
    """
    visit_recall(visit_id=visit_id, reason=reason, note=note, actor=actor, now=now)
    return visit_bring_back(visit_id=visit_id, actor=actor, now=now)


def player_leave(*, player: Player, now: datetime) -> TransferVisit | None:
    """The player leaves the game: money that is out comes back. None: there is none."""
    out = visit_open_of(player.pk)
    if out is None:
        return None
    return visit_leave(visit_id=out.pk, reason=ReturnReason.EXIT, note="", actor=_actor(player), now=now)


def _free(out: TransferVisit | None, game: Game) -> None:
    """Money that is out at this provider serves its other games, too; anything else has to end first."""
    if out is None or (out.provider_id == game.provider_id and out.state == VisitState.AT_PROVIDER):
        return
    if out.provider_id == game.provider_id:
        raise errors.TransferUnderWay(visit=out.reference)
    raise errors.MoneyAtAnotherProvider(provider=out.provider.code, visit=out.reference)


def _sent(wish: Wish, game: Game, session: GameSession, now: datetime) -> TransferVisit:
    actor = _actor(wish.player)
    try:
        planned = visit_plan(
            player=wish.player, game=game, session=session, sign_in_id=wish.sign_in_id, amount=wish.amount,
            actor=actor, now=now,
        )  # fmt: skip
    except Exception:
        _ended(session, now)
        raise
    leg: TransferLeg = leg_drive(leg_id=planned.pk, actor=actor, now=now)
    if leg.state == LegState.FAILED:
        raise errors.TransferRefusedThere(visit=leg.visit.reference)
    if leg.state != LegState.CONFIRMED:
        raise errors.TransferUnderWay(visit=leg.visit.reference)
    return leg.visit


def _moved_on(out: TransferVisit, session: GameSession) -> TransferVisit:
    """Another game at the same provider: no money moves, the visit goes on under the new session."""
    TransferVisit.objects.filter(pk=out.pk, state=VisitState.AT_PROVIDER).update(session=session)
    return out


def _opened(session: GameSession, game: Game, player: Player, now: datetime) -> str:
    adapter, site = site_of(game.provider)
    seat = Seat(
        player=player.public_id, currency=player.currency, game=game.code, session=session.public_id,
        language=player.language, real=session.mode == SessionMode.REAL,
    )  # fmt: skip
    told = adapter.launch(site, seat)
    if told.standing is Standing.DONE and told.url:
        return told.url
    _ended(session, now)
    return ""


def _ended(session: GameSession, now: datetime) -> None:
    GameSession.objects.filter(pk=session.pk, ended_at=None).update(ended_at=now, end_reason=SessionEnd.CLOSED)


def _actor(player: Player) -> str:
    return f"player:{player.pk}"
