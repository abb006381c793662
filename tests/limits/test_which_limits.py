"""Which limits there are, and what is refused as none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from compliance.limits.enums import LimitKind
from compliance.limits.errors import LimitAmountRefused, LimitKindUnknown, LimitPeriodRefused
from compliance.limits.models import Limit
from tests.limits.scene import alice_of, in_force, sets

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "period", "amount", "problem"),
    [
        ("gifts", "day", "1", LimitKindUnknown),
        ("deposit", "day", "-1", LimitAmountRefused),
        ("deposit", "day", "NaN", LimitAmountRefused),
        ("deposit", "day", "Infinity", LimitAmountRefused),
        ("deposit", "day", "10.001", LimitAmountRefused),
        ("deposit", "day", "1000000000001", LimitAmountRefused),
        ("deposit", "", "10", LimitPeriodRefused),
        ("deposit", "year", "10", LimitPeriodRefused),
        ("stake", "day", "10", LimitPeriodRefused),
        ("session_time", "day", "1441", LimitAmountRefused),
        ("session_time", "day", "10.5", LimitAmountRefused),
        ("session_time", "", "10", LimitPeriodRefused),
    ],
)
def test_what_is_no_limit_is_refused_and_nothing_is_kept(
    kind: str, period: str, amount: str, problem: type[Exception]
) -> None:
    alice = alice_of("GB")
    with pytest.raises(problem):
        sets(alice, amount, kind=kind, period=period)
    assert not Limit.objects.exists()


@pytest.mark.parametrize("kind", LimitKind.values)
def test_every_kind_of_limit_is_set_and_lowered(kind: str) -> None:
    alice = alice_of("GB")
    period = "" if kind == "stake" else "month"
    sets(alice, "100", kind=kind, period=period)
    sets(alice, "60", kind=kind, period=period)
    assert in_force(alice, kind=kind, period=period) == Decimal(60)
    row = Limit.objects.get(player=alice, ended_at=None)
    assert row.currency == ("" if kind == "session_time" else "GBP")
