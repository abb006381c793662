"""Playing: the lobby and its launches, where the player is, and the reality check."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from django.urls import path
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from casino.games.enums import TRANSFERS
from casino.games.models import Game
from casino.lobby.selectors.games import Wish, games_offered
from casino.play.enums import SessionEnd, SessionMode
from casino.play.errors import InvalidAmount
from casino.play.services.sessions import sessions_end
from casino.transfers.selectors.lobby import games_that_begin
from casino.transfers.services.launches import Wish as LaunchWish
from casino.transfers.services.launches import game_begin, player_leave
from common.clock import instant_text
from common.currencies import CURRENCIES
from common.money import AmountError, amount_parse, amount_text
from compliance.gate.selectors.sitting import Sitting, sitting_of
from compliance.gate.services.play_clock import reality_acknowledge, reality_interval_choose
from compliance.geo.services.checks import location_seen
from players.api import play_shapes as shapes
from players.api.kit.describe import PAGED, call
from players.api.kit.paging import page_of
from players.api.kit.view import PlayerView
from players.api.play_transfers import visit_seen

TAG: Final = "Play"


class Games(PlayerView):
    """The lobby."""

    @call(
        summary="Games", gives=shapes.GamesPage, tag=TAG,
        parameters=(*PAGED, *(OpenApiParameter(name, str) for name in ("device", "category", "provider", "title"))),
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """What the player is offered at his brand, in his country and currency, on the device."""
        query = shapes.GamesQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        offered = games_offered(player=self.player, wish=Wish(**query.validated_data))
        return Response(page_of(request, games_that_begin(offered), _game))


class Launches(PlayerView):
    """Games that are begun."""

    @call(summary="Launch a game", takes=shapes.LaunchBody, gives=shapes.LaunchSeen, status=201, tag=TAG)
    def post(self, request: Request) -> Response:
        """Asks the gate; `GET why` tells the same reasons. The token works once.

        A transfer game takes money along first: one such game at a time, and nothing else moves while the provider's
        answer is unknown.
        """
        asked = self.asked(request, shapes.LaunchBody)
        wish = LaunchWish(
            player=self.player, provider=asked["provider"], code=asked["code"], mode=SessionMode(asked["mode"]),
            device=asked["device"], ip=self.address_of(request) or "", amount=self.taken_along(asked["amount"]),
            sign_in_id=self.session.pk,
        )  # fmt: skip
        launch = game_begin(wish=wish, now=self.now)
        answer = {
            "token": launch.token,
            "url": launch.url,
            "transfer": None if launch.visit is None else visit_seen(launch.visit),
            "session": launch.session.public_id,
            "mode": launch.session.mode,
            "expires_at": instant_text(launch.session.token_expires_at),
        }
        return Response(answer, status=201)

    def taken_along(self, text: str) -> Decimal | None:
        """The amount that the player names. Raises InvalidAmount."""
        if not text:
            return None
        try:
            return amount_parse(text, CURRENCIES[self.player.currency])
        except AmountError as problem:
            raise InvalidAmount(amount=str(problem)) from problem


class Exit(PlayerView):
    """Leaving all games."""

    while_idle = True

    @call(summary="End all games", status=204, tag=TAG)
    def post(self, _request: Request) -> Response:
        """Rounds that run are settled; money at a provider is fetched."""
        sessions_end(
            player_id=self.player.pk, end=SessionEnd.CLOSED, reason="left by the player",
            actor=f"player:{self.player.pk}", now=self.now,
        )  # fmt: skip
        player_leave(player=self.player, now=self.now)
        return Response(status=204)


class Location(PlayerView):
    """Where the player is."""

    @call(summary="Look where the player is", gives=shapes.LocationSeen, tag=TAG)
    def post(self, request: Request) -> Response:
        """Looks again where the address changed or the last look is too old; call it while a game is open."""
        ip = self.address_of(request)
        check = ip and location_seen(player_id=self.player.pk, ip=ip, actor=f"player:{self.player.pk}", now=self.now)
        return Response(
            {
                "needed": bool(check),
                "allowed": check.allowed if check else True,
                "outcome": check.outcome if check else "",
                "country": check.country if check else "",
                "checked_at": instant_text(check.checked_at) if check else None,
            }
        )


class RealityCheck(PlayerView):
    """The reality check."""

    while_idle = True

    @call(summary="The sitting and its reality check", gives=shapes.RealitySeen, tag=TAG)
    def get(self, _request: Request) -> Response:
        """Time, stakes, wins and result since the sitting began, over all games and reconnects."""
        return Response(_sitting(sitting_of(player=self.player, now=self.now)))

    @call(summary="Acknowledge the reality check", gives=shapes.RealitySeen, tag=TAG)
    def post(self, _request: Request) -> Response:
        """The player has seen the figures; bets are taken again, after a pause where the law asks for one."""
        sitting = sitting_of(player=self.player, now=self.now)
        reality_acknowledge(
            player_id=self.player.pk, staked=sitting.staked, won=sitting.won, actor=f"player:{self.player.pk}",
            now=self.now,
        )  # fmt: skip
        return Response(_sitting(sitting_of(player=self.player, now=self.now)))


class RealityInterval(PlayerView):
    """How often."""

    @call(summary="Choose how often", takes=shapes.IntervalBody, gives=shapes.RealitySeen, tag=TAG)
    def put(self, request: Request) -> Response:
        """Sooner counts at once, later from the next check on."""
        asked = self.asked(request, shapes.IntervalBody)
        reality_interval_choose(
            player_id=self.player.pk, minutes=asked["minutes"], actor=f"player:{self.player.pk}", now=self.now
        )
        return Response(_sitting(sitting_of(player=self.player, now=self.now)))


def _game(game: Game) -> dict[str, Any]:
    return {
        "provider": game.provider.code,
        "code": game.code,
        "name": game.name,
        "category": game.category,
        "real": game.real_enabled,
        "demo": game.demo_enabled,
        "transfer": game.provider.protocol in TRANSFERS,
        "theoretical_rtp": f"{game.theoretical_rtp.normalize():f}",
    }


def _sitting(sitting: Sitting) -> dict[str, Any]:
    currency = CURRENCIES[sitting.currency]
    return {
        "due": sitting.due,
        "playing_since": instant_text(sitting.started_at) if sitting.started_at else None,
        "elapsed_seconds": int(sitting.elapsed.total_seconds()),
        "staked": amount_text(sitting.staked, currency),
        "won": amount_text(sitting.won, currency),
        "net": amount_text(sitting.won - sitting.staked, currency),
        "currency": sitting.currency,
        "due_at": instant_text(sitting.due_at) if sitting.due_at else None,
        "paused_until": instant_text(sitting.paused_until) if sitting.paused_until else None,
        "interval_minutes": sitting.interval_minutes,
        "may_choose": sitting.may_choose,
        "least_minutes": sitting.least_minutes,
        "most_minutes": sitting.most_minutes,
        "history": "/api/player/v1/statement",
        "exit": "/api/player/v1/play/exit",
    }


urlpatterns = [
    path("play/games", Games.as_view(), name="player-games"),
    path("play/launches", Launches.as_view(), name="player-launch"),
    path("play/exit", Exit.as_view(), name="player-exit"),
    path("play/location", Location.as_view(), name="player-location"),
    path("play/reality-check", RealityCheck.as_view(), name="player-reality-check"),
    path("play/reality-check/interval", RealityInterval.as_view(), name="player-reality-interval"),
]
