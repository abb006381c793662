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


class SecretNotYours(Refusal):
    code = "secret_not_yours"
    message = "The secret is shown to the colleague who asked for the key, and to nobody else."
    recorded = False


class SecretShownAlready(Refusal):
    code = "secret_shown_already"
    message = "The secret was shown before, and is never shown again: retire the key and propose another."
    recorded = False


class SecretTooLate(Refusal):
    code = "secret_too_late"
    message = "The secret was not collected in time: retire the key and propose another."
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


class StopEndsByIncident(Refusal):
    code = "stop_ends_by_incident"
    message = "This was frozen for a broken promise of the books: its incident is lifted, by two people where it is P1."
    recorded = False


class StoppedAlready(Refusal):
    code = "stopped_already"
    message = "This is stopped already: see the list of stops for who did it and why."
    recorded = False


class StopEndsTooEarly(Refusal):
    code = "stop_ends_too_early"
    message = "The planned end is not in the future: choose a later one, or none."
    recorded = False


class LegalStopHasNoPlannedEnd(Refusal):
    code = "legal_stop_has_no_planned_end"
    message = "What the law or a regulator stopped is resumed by a person, never by the clock: leave the end empty."
    recorded = False


class StopTargetUnknown(Refusal):
    code = "stop_target_unknown"
    message = "What should be stopped does not exist."
    recorded = False


class StopEndedAlready(Refusal):
    code = "stop_ended_already"
    message = "This stop has ended already."
    recorded = False


class StopNeedsAPerson(Refusal):
    code = "stop_needs_a_person"
    message = "Play that was stopped for a legal reason is resumed by a person alone."
    recorded = False


class StopReviewedAlready(Refusal):
    code = "stop_reviewed_already"
    message = "This stop is reviewed already; a review is written once."
    recorded = False


class StopReviewedByItsMaker(Refusal):
    code = "stop_reviewed_by_its_maker"
    message = "You placed this stop: somebody else reviews it."
    recorded = False
