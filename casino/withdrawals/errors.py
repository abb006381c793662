"""What withdrawals refuse."""

from __future__ import annotations

from common.errors import Refusal


class WithdrawalRefusal(Refusal):
    """Every refusal of this wing; none is a provider's answer."""

    recorded = False


class WithdrawalNotFound(WithdrawalRefusal):
    code = "withdrawal_not_found"
    message = "There is no such withdrawal."


class WithdrawalNotPossible(WithdrawalRefusal):
    """`details["reason"]` is the rule's code."""

    code = "withdrawal_not_possible"
    message = "This can not be withdrawn now."

    def __init__(self, text: str = "", **details: str) -> None:
        super().__init__(**details)
        if text:
            self.message = text  # type: ignore[misc]  # the rule's own sentence


class WithdrawalAmountRefused(WithdrawalRefusal):
    code = "withdrawal_amount_refused"
    message = "Name an amount above zero that the currency can be paid in."


class RequestKeyTaken(WithdrawalRefusal):
    code = "request_key_taken"
    message = "This key was used for another request."


class RequestKeyMissing(WithdrawalRefusal):
    code = "request_key_missing"
    message = "Send an Idempotency-Key of 8 to 100 characters."


class StepRefused(WithdrawalRefusal):
    code = "withdrawal_step_refused"
    message = "That is not possible in the state in which the withdrawal is now."


class StepNotAllowed(WithdrawalRefusal):
    code = "withdrawal_step_not_allowed"
    message = "Your roles do not let you do that with this withdrawal."


class ReversalForbidden(WithdrawalRefusal):
    code = "withdrawal_reversal_forbidden"
    message = "Where you live, a withdrawal that was asked for can not be taken back."


class TooLateToCancel(WithdrawalRefusal):
    code = "withdrawal_in_process"
    message = "We work on it already: it can not be taken back any more."


class TwoPeopleNeeded(WithdrawalRefusal):
    code = "withdrawal_two_people_needed"
    message = "From this amount on two people approve: propose the approval to a colleague."


class ChecksAgainst(WithdrawalRefusal):
    code = "withdrawal_checks_against"
    message = "A rule that is red now stands against it."

    def __init__(self, text: str = "", **details: str) -> None:
        super().__init__(**details)
        if text:
            self.message = text  # type: ignore[misc]  # the rules' own sentences


class PayoutUnderWay(WithdrawalRefusal):
    code = "payout_under_way"
    message = "A payment of it is with the gateway: only its answer ends it."


class NoRoute(WithdrawalRefusal):
    code = "withdrawal_no_route"
    message = "No gateway can pay this at the moment."


class RuleRefused(WithdrawalRefusal):
    code = "withdrawal_rule_refused"
    message = "These numbers can not be a rule."

    def __init__(self, text: str = "", **details: str) -> None:
        super().__init__(**details)
        if text:
            self.message = text  # type: ignore[misc]  # what is wrong with them


class ReasonMissing(WithdrawalRefusal):
    code = "withdrawal_reason_missing"
    message = "Say why."
