"""Whether anybody is there."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from common.clock import instant_text
from players.api.kit.view import PlayerView


class Ping(PlayerView):
    """Answers everybody, with the server's clock."""

    signed_in = False

    def get(self, request: Request) -> Response:  # noqa: ARG002 - DRF's signature
        """The server's time."""
        return Response({"time": instant_text(self.now)})
