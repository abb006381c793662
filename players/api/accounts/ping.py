"""Whether anybody is there."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from common.clock import instant_text
from players.api.accounts.shapes import Shape
from players.api.kit.describe import call
from players.api.kit.view import PlayerView


class Clock(Shape):
    """The server's time."""

    time = serializers.DateTimeField()


class Ping(PlayerView):
    """Answers everybody, with the server's clock."""

    signed_in = False

    @call(summary="Whether anybody is there", gives=Clock, tag="Entrance")
    def get(self, _request: Request) -> Response:
        """The server's time."""
        return Response({"time": instant_text(self.now)})
