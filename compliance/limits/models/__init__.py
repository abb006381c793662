from compliance.limits.models.care_case import CareCase
from compliance.limits.models.cash_flow import CountedWithdrawal, DepositReservation
from compliance.limits.models.counter import Counter
from compliance.limits.models.limit import Limit
from compliance.limits.models.limit_change import LimitChange
from compliance.limits.models.limit_review import LimitReview

__all__ = ["CareCase", "CountedWithdrawal", "Counter", "DepositReservation", "Limit", "LimitChange", "LimitReview"]

from compliance.limits.models import history as _history  # noqa: F401 - below the models whose changes it keeps
