"""What is refused about limits, to players, staff and the cashier."""

from __future__ import annotations

from common.errors import Refusal


class LimitRefusal(Refusal):
    recorded = False


class DepositLimitReached(LimitRefusal):
    code = "deposit_limit_reached"
    message = "This deposit would go over a deposit limit."


class AffordabilityRequired(LimitRefusal):
    code = "affordability_required"
    message = "More deposits need a check of what you can afford first."


class DepositReferenceTaken(LimitRefusal):
    code = "deposit_reference_taken"
    message = "This reference stands for another deposit."


class DepositEnded(LimitRefusal):
    code = "deposit_ended"
    message = "This deposit has been booked or has failed already."


class DepositUnknown(LimitRefusal):
    code = "deposit_unknown"
    message = "No such deposit was let in."


class LimitAmountRefused(LimitRefusal):
    code = "limit_amount_refused"
    message = "This is no amount for such a limit."


class LimitKindUnknown(LimitRefusal):
    code = "limit_kind_unknown"
    message = "There is no such kind of limit."


class LimitPeriodRefused(LimitRefusal):
    code = "limit_period_refused"
    message = "No such limit can be set for this period."


class LimitUnchanged(LimitRefusal):
    code = "limit_unchanged"
    message = "The limit is this already."


class LimitNotFound(LimitRefusal):
    code = "limit_not_found"
    message = "There is no such limit in force."


class LimitMandatory(LimitRefusal):
    code = "limit_mandatory"
    message = "This limit is needed to play: lower or raise it instead."


class LimitChangeNotFound(LimitRefusal):
    code = "limit_change_not_found"
    message = "No such request is waiting."


class LimitChangeNotDue(LimitRefusal):
    code = "limit_change_not_due"
    message = "The waiting time of this request is not over."


class LimitChangeExpired(LimitRefusal):
    code = "limit_change_expired"
    message = "This request was not confirmed in time: ask again."


class LimitChangeEnded(LimitRefusal):
    code = "limit_change_ended"
    message = "This request has ended already."


class OperatorLimitLooser(LimitRefusal):
    code = "operator_limit_looser"
    message = "A looser limit takes two people: propose it instead."


class OperatorLimitNotLooser(LimitRefusal):
    code = "operator_limit_not_looser"
    message = "This is no looser limit: set it at once instead."


class CareCaseDecided(LimitRefusal):
    code = "care_case_decided"
    message = "This check has been decided already."


class RationaleMissing(LimitRefusal):
    code = "rationale_missing"
    message = "Say on what the decision rests."


class AffordableAmountMissing(LimitRefusal):
    code = "affordable_amount_missing"
    message = "Say how much a month was found affordable: at least the threshold."


class ReviewNotDue(LimitRefusal):
    code = "review_not_due"
    message = "No review of limits is waiting."
