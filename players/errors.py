"""What is refused about a player's account."""

from __future__ import annotations

from common.errors import Refusal


class PlayerStatusNotChangeable(Refusal):
    """The account is not in a state from which this step leads anywhere; a closed account stays closed."""

    code = "player_status_not_changeable"
    message = "The account is not in a state for this: look at its present status."
    recorded = False
