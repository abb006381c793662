"""Provider contracts, month by month, as in the worked examples of docs/definitions.md."""

from datetime import date
from decimal import Decimal

from reporting.definitions.fees import FeeDue, FeeTerms, fee_due

PLAIN = FeeTerms(
    provider_id=1, version=1, valid_from=date(2026, 1, 1), basis="KPI-04", percentage=Decimal(12), minimum=Decimal(100),
    currency="EUR", carries_over=True,
)  # fmt: skip
TIERED = FeeTerms(
    provider_id=1, version=1, valid_from=date(2026, 1, 1), basis="KPI-04", percentage=Decimal(12),
    tiers=[(Decimal(10000), Decimal(10)), (Decimal(50000), Decimal("7.5"))], currency="EUR",
)  # fmt: skip


def test_a_share_of_the_basis_and_at_least_the_minimum() -> None:
    assert fee_due(PLAIN, basis=Decimal(5000)) == FeeDue(Decimal(600), Decimal(0))
    assert fee_due(PLAIN, basis=Decimal(500)) == FeeDue(Decimal(100), Decimal(0))


def test_a_negative_month_is_set_off_against_later_ones_where_the_contract_says_so() -> None:
    january = fee_due(PLAIN, basis=Decimal(-2000))
    assert january == FeeDue(Decimal(100), Decimal(-2000))
    february = fee_due(PLAIN, basis=Decimal(1500), carried=january.carried)
    assert february == FeeDue(Decimal(100), Decimal(-500))
    assert fee_due(PLAIN, basis=Decimal(3000), carried=february.carried) == FeeDue(Decimal(300), Decimal(0))
    assert fee_due(TIERED, basis=Decimal(-2000)) == FeeDue(Decimal(0), Decimal(0))


def test_each_tier_is_for_what_lies_above_its_bound() -> None:
    # 10,000 at 12 % + 40,000 at 10 % + 10,000 at 7.5 %
    assert fee_due(TIERED, basis=Decimal(60000)).fee == Decimal(1200) + 4000 + 750
    assert fee_due(TIERED, basis=Decimal(10000)).fee == 1200
