"""What is refused about breaks and exclusions, in words for the player or the colleague."""

from __future__ import annotations

from common.errors import Refusal


class ExclusionRefusal(Refusal):
    """A refusal about exclusions."""

    code = "exclusion_refused"
    message = "This is not possible."
    recorded = False


class LengthNotOffered(ExclusionRefusal):
    code = "length_not_offered"
    message = "Choose one of the lengths that are offered."

    def __init__(self, *, lengths: str, words: str) -> None:
        self.message = f"Offered here: {words}."  # type: ignore[misc]  # the sentence names them
        super().__init__(lengths=lengths)


class AllBrandsIncluded(ExclusionRefusal):
    code = "all_brands_included"
    message = "A self-exclusion covers all brands of the operator here."


class ReasonNotTold(ExclusionRefusal):
    code = "reason_not_told"
    message = "Say in a few words why."


class ContactNotRecorded(ExclusionRefusal):
    code = "contact_not_recorded"
    message = "Record the contact with the player first: when, how, and what was said."


class NothingToReturnFrom(ExclusionRefusal):
    code = "nothing_to_return_from"
    message = "No exclusion stands that ends by asking."


class ReturnTooEarly(ExclusionRefusal):
    code = "return_too_early"
    message = "The exclusion's term is not over: you can ask to return after it."


class ReturnAsked(ExclusionRefusal):
    code = "return_asked_already"
    message = "You have asked to return already."


class ReturnStillCooling(ExclusionRefusal):
    code = "return_still_cooling"
    message = "The waiting time after the player's request is not over."


class ReturnEnded(ExclusionRefusal):
    code = "return_ended"
    message = "This request has ended already."


class RegistrationMatched(ExclusionRefusal):
    """Tells nothing about whom it matched."""

    code = "registration_not_possible"
    message = "We can not open an account with these details. Please contact support."
