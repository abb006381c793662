"""Why a row of policy is not written or not found. A sentence each, for the person who tried."""

from __future__ import annotations

from common.errors import BrokenPromise, Refusal


class PolicyRefusal(Refusal):
    """A refusal about the rows of a jurisdiction's policy."""

    code = "policy_refused"
    message = "The row of policy is refused."
    recorded = False


class PolicyValueRefused(PolicyRefusal):
    """The value does not fit its key; the sentence says why."""

    code = "policy_value_refused"
    message = "The value does not fit its key."

    def __init__(self, sentence: str) -> None:
        self.message = sentence  # type: ignore[misc]  # the sentence names what is wrong
        super().__init__()


class PolicyMissing(BrokenPromise):
    """No row of the key was in force at that instant, not even the fallback's: nothing is assumed."""
