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


class PolicyNoticeTooShort(PolicyRefusal):
    """A row that would hold at once, or since before it was known."""

    code = "policy_notice_too_short"
    message = "A new row takes effect at least 15 minutes after it is agreed: choose a later moment."


class PolicyMomentTaken(PolicyRefusal):
    code = "policy_moment_taken"
    message = "A row of this key takes effect at that very moment already: choose a later one."


class PolicyUnchanged(PolicyRefusal):
    code = "policy_unchanged"
    message = "This is what holds at that moment already: there is nothing to change."


class PolicyKeyUnknown(PolicyRefusal):
    code = "policy_key_unknown"
    message = "There is no such key of policy."


class PolicyJurisdictionRefused(PolicyRefusal):
    code = "policy_jurisdiction_refused"
    message = "Write a jurisdiction such as GB, NJ or CA-ON, or * for the fallback."


class PolicySourceMissing(PolicyRefusal):
    code = "policy_source_missing"
    message = "Name the source: the law, the page, or whose decision it is."


class PolicyMomentRefused(PolicyRefusal):
    """A time of day that the clocks of the jurisdiction skip or show twice; the sentence says which."""

    code = "policy_moment_refused"
    message = "The moment is not one that clocks there show once."

    def __init__(self, sentence: str) -> None:
        self.message = sentence  # type: ignore[misc]  # the sentence names the moment
        super().__init__()
