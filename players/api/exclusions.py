"""Breaks, self-exclusion and the way back, by the player. Protection takes effect at once and is never taken back here.

A player who must sign in again because of inactivity may still take a break or exclude themselves.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from casino.entrance.services.protection import break_take, player_exclude
from common.clock import instant_text
from compliance.exclusions.enums import ExclusionKind, ExclusionScope
from compliance.exclusions.models import ReturnRequest
from compliance.exclusions.selectors.standing import ExclusionFact
from compliance.exclusions.selectors.state import protection_state
from compliance.exclusions.services.returns import return_ask, return_take_back
from compliance.policy.spans import Span
from players.api.kit.describe import call
from players.api.kit.view import PlayerView
from players.models import Player

Shape = serializers.Serializer[Any]
LENGTH: Final = "As offered: PT24H, P7D, P6W, P1M, P5Y or indefinite."


class LengthSeen(Shape):
    """A length that may be chosen."""

    length = serializers.CharField(help_text=LENGTH)
    words = serializers.CharField(help_text="Such as 6 weeks.")


class ExclusionSeen(Shape):
    """One that stands."""

    kind = serializers.ChoiceField(choices=ExclusionKind.choices)
    covers = serializers.ChoiceField(choices=ExclusionScope.choices)
    since = serializers.DateTimeField()
    term_ends_at = serializers.DateTimeField(allow_null=True, help_text="Null: without an end.")
    opens_at = serializers.DateTimeField(allow_null=True, help_text="When play opens by itself; null: not by itself.")


class ReturnSeen(Shape):
    """A request to return that waits."""

    asked_at = serializers.DateTimeField()
    waits_until = serializers.DateTimeField()
    contacted = serializers.BooleanField(help_text="Whether a colleague spoke with the player, which is needed, too.")


class ProtectionSeen(Shape):
    """What stands, what may be chosen, and how far the way back is."""

    standing = ExclusionSeen(many=True)
    breaks = LengthSeen(many=True)
    exclusions = LengthSeen(many=True)
    asks_brands = serializers.BooleanField(help_text="Whether `all_brands` may be false.")
    return_possible_from = serializers.DateTimeField(allow_null=True)
    requests = ReturnSeen(many=True)
    register = serializers.CharField(allow_blank=True, help_text="The national register that is asked, if any.")
    register_clear = serializers.BooleanField(help_text="Whether that register lets the player play now.")


class LengthBody(Shape):
    """For how long."""

    length = serializers.CharField(max_length=12, help_text=LENGTH)
    all_brands = serializers.BooleanField(default=True)


class ExclusionBody(LengthBody):
    """It can not be taken back before its term: `confirm` says that the player knows."""

    confirm = serializers.BooleanField()

    def validate_confirm(self, value: bool) -> bool:  # noqa: FBT001 - DRF's signature
        """Only an explicit yes counts."""
        if not value:
            raise serializers.ValidationError("Confirm that it can not be taken back before its term.")
        return value


class Protection(PlayerView):
    """The player's own protection."""

    while_idle = True

    @call(tag="Protection", summary="Breaks and exclusions", gives=ProtectionSeen)
    def get(self, _request: Request) -> Response:
        """What stands, the lengths that the jurisdiction offers, and requests to return."""
        return Response(state_answer(self.player, self.now))


class Breaks(PlayerView):
    """Time-outs."""

    while_idle = True

    @call(tag="Protection", summary="Take a break", takes=LengthBody, gives=ProtectionSeen, status=201)
    def post(self, request: Request) -> Response:
        """From now on: games and sign-ins end, this one too. It ends by itself, and not earlier."""
        asked = self.asked(request, LengthBody)
        break_take(
            player_id=self.player.pk, length=asked["length"], all_brands=asked["all_brands"],
            actor=f"player:{self.player.pk}", now=self.now,
        )  # fmt: skip
        return Response(state_answer(self.player, self.now), status=201)


class SelfExclusions(PlayerView):
    """Self-exclusions."""

    while_idle = True

    @call(tag="Protection", summary="Exclude yourself", takes=ExclusionBody, gives=ProtectionSeen, status=201)
    def post(self, request: Request) -> Response:
        """From now on: games and sign-ins end, this one too. Money can be withdrawn; nothing else is possible."""
        asked = self.asked(request, ExclusionBody)
        player_exclude(
            player_id=self.player.pk, kind=ExclusionKind.SELF_EXCLUSION, length=asked["length"],
            all_brands=asked["all_brands"], actor=f"player:{self.player.pk}", now=self.now,
        )  # fmt: skip
        return Response(state_answer(self.player, self.now), status=201)


class Returns(PlayerView):
    """The way back, after the term."""

    @call(tag="Protection", summary="Ask to return", gives=ProtectionSeen, status=201)
    def post(self, _request: Request) -> Response:
        """Starts the waiting time; then a colleague makes contact. Nothing ends by itself."""
        return_ask(player_id=self.player.pk, actor=f"player:{self.player.pk}", now=self.now)
        return Response(state_answer(self.player, self.now), status=201)

    @call(tag="Protection", summary="Take the request to return back", gives=ProtectionSeen)
    def delete(self, _request: Request) -> Response:
        """The exclusion stays as it is."""
        return_take_back(player_id=self.player.pk, actor=f"player:{self.player.pk}", now=self.now)
        return Response(state_answer(self.player, self.now))


def state_answer(player: Player, now: datetime) -> dict[str, Any]:
    """Everything about the player's protection."""
    state = protection_state(player=player, now=now)
    return {
        "standing": [_exclusion(one) for one in state.standing],
        "breaks": [_length(span) for span in state.breaks],
        "exclusions": [_length(span) for span in state.exclusions],
        "asks_brands": state.asks_brands,
        "return_possible_from": instant_text(state.return_from) if state.return_from else None,
        "requests": [_request(request) for request in state.requests],
        "register": state.register.register if state.register else "",
        "register_clear": state.register is None or state.register.opens_play(now),
    }


def _exclusion(one: ExclusionFact) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "covers": one.scope,
        "since": instant_text(one.starts_at),
        "term_ends_at": instant_text(one.ends_at) if one.ends_at else None,
        "opens_at": instant_text(one.until) if one.until else None,
    }


def _length(span: Span) -> dict[str, str]:
    return {"length": span.text, "words": span.words}


def _request(request: ReturnRequest) -> dict[str, Any]:
    return {
        "asked_at": instant_text(request.asked_at),
        "waits_until": instant_text(request.cooling_off_until),
        "contacted": request.contacted_at is not None,
    }


urlpatterns = [
    path("protection", Protection.as_view(), name="player-protection"),
    path("protection/breaks", Breaks.as_view(), name="player-break"),
    path("protection/self-exclusions", SelfExclusions.as_view(), name="player-self-exclusion"),
    path("protection/returns", Returns.as_view(), name="player-return"),
]
