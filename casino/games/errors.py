"""What the catalogue refuses."""

from __future__ import annotations

from common.errors import Refusal


class KeySlotsTaken(Refusal):
    code = "key_slots_taken"
    message = "Two keys are active already: retire one before you issue another."
    recorded = False


class KeyRetiredAlready(Refusal):
    code = "key_retired_already"
    message = "This key is retired already."
    recorded = False


class NetworkNotUnderstood(Refusal):
    """An allow-list line is no network, or one that would admit the whole internet."""

    code = "network_not_understood"
    message = "A network of the allow-list is not understood."
    recorded = False

    def __init__(self, *, line: str, because: str) -> None:
        self.message = f"{line!r} {because}"  # type: ignore[misc]  # the sentence names the line
        super().__init__(line=line)


class StakeLimitsCrossed(Refusal):
    code = "stake_limits_crossed"
    message = "The smallest stake is above the largest: correct one of them."
    recorded = False
