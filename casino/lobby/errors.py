"""What the lobby refuses beyond the gate's reasons and the games' own."""

from __future__ import annotations

from common.errors import Refusal


class LobbyRefusal(Refusal):
    recorded = False


class GameNotOffered(LobbyRefusal):
    code = "game_not_offered"
    message = "The player is not offered such a game."


class AvailabilityRefused(LobbyRefusal):
    code = "availability_refused"
    message = "Name currencies and devices that exist."
