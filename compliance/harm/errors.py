"""Why a step about a player at risk is not taken. A sentence each, for the person who tried."""

from __future__ import annotations

from common.errors import Refusal


class HarmRefusal(Refusal):
    """A refusal in the work of safer gambling."""

    code = "harm_refused"
    message = "The step is refused."
    recorded = False


class CaseClosed(HarmRefusal):
    code = "harm_case_closed"
    message = "The case is closed: a new one opens when the player's behaviour asks for it."


class CaseNeedsInteraction(HarmRefusal):
    code = "harm_case_needs_interaction"
    message = "Record first what was done about it: a case is not closed without it."


class ReviewWaits(HarmRefusal):
    code = "harm_review_waits"
    message = "An automatic step of this case has not been reviewed by a person yet: review it first."


class ReviewedAlready(HarmRefusal):
    code = "harm_reviewed_already"
    message = "This step was reviewed before."


class NothingToReview(HarmRefusal):
    code = "nothing_to_review"
    message = "Nothing was decided automatically about how you play that a person has not looked at."


class WordsMissing(HarmRefusal):
    code = "harm_words_missing"
    message = "Say what was seen, what was done and why: it is kept for ever."


class TierUnchanged(HarmRefusal):
    code = "harm_tier_unchanged"
    message = "The case stands at this level already."
