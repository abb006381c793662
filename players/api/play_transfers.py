"""Money that plays at a provider: where it is, and fetching it."""

from __future__ import annotations

from typing import Any, Final

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from casino.transfers.enums import ReturnReason, VisitState
from casino.transfers.errors import VisitNotFound
from casino.transfers.models import TransferVisit
from casino.transfers.selectors.visits import visit_open_of, visits_of_player
from casino.transfers.services.launches import player_leave
from common.clock import instant_text
from common.currencies import CURRENCIES
from common.money import amount_text
from players.api.kit.describe import PAGED, call
from players.api.kit.paging import page_of
from players.api.kit.view import PlayerView

Shape = serializers.Serializer[Any]
TAG: Final = "Play"


class VisitSeen(Shape):
    """Money that went to a game's provider. Amounts in `currency`."""

    reference = serializers.CharField()
    provider = serializers.CharField()
    game = serializers.CharField()
    state = serializers.ChoiceField(choices=VisitState.choices)
    currency = serializers.CharField()
    sent = serializers.CharField()
    there = serializers.CharField(allow_null=True, help_text="What the provider last told; null while unknown.")
    returned = serializers.CharField(allow_null=True, help_text="What came back; null until it is back.")
    reason = serializers.ChoiceField(choices=[("", ""), *ReturnReason.choices], help_text="Why it comes back.")
    opened_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)


class AwaySeen(Shape):
    """The money that is out now; null: none is."""

    visit = VisitSeen(allow_null=True)


class Visits(Shape):
    """A page of them."""

    items = VisitSeen(many=True)
    next = serializers.IntegerField(allow_null=True)


class Away(PlayerView):
    """Money that is out."""

    while_idle = True

    @call(summary="Money at a game's provider", gives=AwaySeen, tag=TAG)
    def get(self, _request: Request) -> Response:
        """Set aside until it is back; one game at a time."""
        visit = visit_open_of(self.player.pk)
        return Response({"visit": None if visit is None else visit_seen(visit)})


class Fetch(PlayerView):
    """Fetching it."""

    while_idle = True

    @call(summary="Leave the game and fetch the money", gives=VisitSeen, tag=TAG)
    def post(self, _request: Request) -> Response:
        """`closed`: it is back. Any other state: the provider has not answered yet, it comes by itself; ask again."""
        visit = player_leave(player=self.player, now=self.now)
        if visit is None:
            raise VisitNotFound
        return Response(visit_seen(visit))


class VisitList(PlayerView):
    """All of them."""

    @call(summary="Money that was at games' providers", gives=Visits, tag=TAG, parameters=PAGED)
    def get(self, request: Request) -> Response:
        """Newest first, with what came back."""
        return Response(page_of(request, visits_of_player(self.player.pk), visit_seen))


def visit_seen(visit: TransferVisit) -> dict[str, Any]:
    """A visit as a player sees it."""
    currency = CURRENCIES[visit.currency]
    known = visit.state == VisitState.AT_PROVIDER and visit.seen_balance is not None
    return {
        "reference": visit.reference,
        "provider": visit.provider.code,
        "game": visit.game.code,
        "state": visit.state,
        "currency": visit.currency,
        "sent": amount_text(visit.sent, currency),
        "there": amount_text(visit.seen_balance, currency) if known and visit.seen_balance is not None else None,
        "returned": None if visit.returned is None else amount_text(visit.returned, currency),
        "reason": visit.return_reason,
        "opened_at": instant_text(visit.opened_at),
        "closed_at": instant_text(visit.closed_at) if visit.closed_at else None,
    }


urlpatterns = [
    path("play/transfer", Away.as_view(), name="player-transfer"),
    path("play/transfer/exit", Fetch.as_view(), name="player-transfer-exit"),
    path("play/transfers", VisitList.as_view(), name="player-transfers"),
]
