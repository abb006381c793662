"""Why something is not proposed, or not decided. A sentence each, for the person who tried."""

from __future__ import annotations

from common.errors import Refusal


class ApprovalRefusal(Refusal):
    """A refusal of the four-eyes mechanism."""

    code = "approval_refused"
    message = "The approval is refused."
    recorded = False


class KindUnknown(ApprovalRefusal):
    code = "approval_kind_unknown"
    message = "Nothing of this kind can be proposed."


class NotAllowed(ApprovalRefusal):
    code = "approval_not_allowed"
    message = "Your roles do not include this right here: ask somebody whose roles do."


class MakerDecides(ApprovalRefusal):
    code = "approval_maker_decides"
    message = "You proposed this, with this account or another of yours: a different person must decide."


class DecidedBefore(ApprovalRefusal):
    code = "approval_decided_before"
    message = "You decided about this before, with this account or another of yours: a third person must decide."


class MakerGone(ApprovalRefusal):
    code = "approval_maker_gone"
    message = "The account that proposed this was switched off: reject it, and have it proposed anew."


class MakerMayNot(ApprovalRefusal):
    code = "approval_maker_may_not"
    message = "Whoever proposed this may not propose it any more: reject it, and have it proposed anew."


class ApproverGone(ApprovalRefusal):
    code = "approval_approver_gone"
    message = "The account that approved this first was switched off: reject it, and have it proposed anew."


class ConcernsYourself(ApprovalRefusal):
    code = "approval_concerns_yourself"
    message = "It is about you: somebody else must decide."


class OnlyTheMaker(ApprovalRefusal):
    code = "approval_only_the_maker"
    message = "Only its maker withdraws a proposal; you may reject it."


class ApprovalEnded(ApprovalRefusal):
    code = "approval_ended"
    message = "It was decided before: look at its present state."


class ApprovalExpired(ApprovalRefusal):
    code = "approval_expired"
    message = "Its time is over: it must be proposed anew."


class ReasonMissing(ApprovalRefusal):
    code = "approval_reason_missing"
    message = "Give a reason: it is kept with the decision."


class ReasonCodeUnknown(ApprovalRefusal):
    code = "approval_reason_code_unknown"
    message = "Choose one of the listed reason codes."


class NothingToChange(ApprovalRefusal):
    code = "approval_nothing_to_change"
    message = "It is as proposed already: there is nothing to change."


class ProposalNotUnderstood(ApprovalRefusal):
    """Something in the proposal is wrong; the sentence says what."""

    code = "approval_not_understood"
    message = "The proposal is not understood."

    def __init__(self, sentence: str) -> None:
        self.message = sentence  # type: ignore[misc]  # the sentence names what is wrong
        super().__init__()


class AboveRoleMaximum(ApprovalRefusal):
    code = "approval_above_role_maximum"
    message = "The amount is above what your roles may propose."

    def __init__(self, *, maximum: str, asked: str) -> None:
        self.message = (  # type: ignore[misc]  # the sentence names both amounts
            f"The amount is worth {asked}; your roles may propose up to {maximum}. Ask somebody with a higher maximum."
        )
        super().__init__(maximum=maximum, asked=asked)


class ApprovalUnknown(ApprovalRefusal):
    code = "approval_unknown"
    message = "There is no such approval."


class ApprovalBusy(ApprovalRefusal):
    code = "approval_busy"
    message = "Somebody else works on the same thing right now: try again in a moment."
    retry = True


class PersonUnknown(ApprovalRefusal):
    code = "approval_person_unknown"
    message = "Your account has no personnel number, so nobody can tell that you are two: ask an administrator."


class PreviewStale(ApprovalRefusal):
    code = "approval_preview_stale"
    message = "What you were shown has changed in the meantime: look at it again."
