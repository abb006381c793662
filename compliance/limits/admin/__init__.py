from compliance.limits.admin.care_case import CareCaseAdmin
from compliance.limits.admin.counted_withdrawal import CountedWithdrawalAdmin
from compliance.limits.admin.counter import CounterAdmin
from compliance.limits.admin.deposit_reservation import DepositReservationAdmin
from compliance.limits.admin.limit import LimitAdmin
from compliance.limits.admin.limit_change import LimitChangeAdmin
from compliance.limits.admin.limit_review import LimitReviewAdmin

__all__ = [
    "CareCaseAdmin",
    "CountedWithdrawalAdmin",
    "CounterAdmin",
    "DepositReservationAdmin",
    "LimitAdmin",
    "LimitChangeAdmin",
    "LimitReviewAdmin",
]
