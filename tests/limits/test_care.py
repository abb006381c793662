"""What figures ask of people: checks of means in Great Britain and the Netherlands, contacts in Sweden."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from compliance.limits.enums import CaseKind
from compliance.limits.errors import (
    AffordabilityRequired,
    AffordableAmountMissing,
    CareCaseDecided,
    RationaleMissing,
)
from compliance.limits.models import CareCase
from compliance.limits.services.care_cases import care_case_decide
from compliance.limits.services.deposits import withdrawal_count
from compliance.limits.services.limit_changes import limit_change_confirm
from players.models import Player
from tests.limits.scene import MONDAY, alice_of, at, born, deposits, sets

pytestmark = pytest.mark.django_db


def decides(case: CareCase, *, cleared: bool = True, allowed: str = "", now: object = MONDAY) -> CareCase:
    return care_case_decide(
        case_id=case.pk, cleared=cleared, rationale="No judgment, no order found.", actor="staff:7", now=now,  # type: ignore[arg-type]
        allowed=Decimal(allowed) if allowed else None,
    )  # fmt: skip


def cases(player: Player, kind: CaseKind) -> list[CareCase]:
    return list(CareCase.objects.filter(player=player, kind=kind).order_by("pk"))


def test_net_deposits_above_150_pounds_in_30_days_open_one_check_and_do_not_stop_the_deposit() -> None:
    alice = alice_of("GB")
    deposits(alice, "150", "d1")
    assert not CareCase.objects.exists()
    deposits(alice, "0.01", "d2", MONDAY + timedelta(days=29))
    (case,) = cases(alice, CaseKind.VULNERABILITY)
    assert (case.figure, case.threshold, case.window) == (Decimal("150.01"), Decimal(150), "rolling_30d")
    assert case.policy_row_id
    deposits(alice, "500", "d3", MONDAY + timedelta(days=29))
    assert len(cases(alice, CaseKind.VULNERABILITY)) == 1


def test_what_is_older_than_30_days_and_what_was_withdrawn_do_not_count() -> None:
    alice = alice_of("GB")
    deposits(alice, "150", "d1")
    deposits(alice, "150", "d2", MONDAY + timedelta(days=31))
    assert not CareCase.objects.exists()
    bob = alice_of("GB", nickname="Bob", balance="100")
    assert bob.pk
    deposits(bob, "51", "d1")
    assert len(cases(bob, CaseKind.VULNERABILITY)) == 1


def test_a_check_is_used_again_for_twelve_months() -> None:
    alice = alice_of("GB")
    deposits(alice, "200", "d1")
    (case,) = cases(alice, CaseKind.VULNERABILITY)
    decided = decides(case)
    assert decided.valid_until == at("2027-03-02 12:00")
    assert decided.rationale == "No judgment, no order found."
    deposits(alice, "500", "d2", at("2027-03-02 11:59"))
    assert len(cases(alice, CaseKind.VULNERABILITY)) == 1
    deposits(alice, "1", "d3", at("2027-03-02 12:00"))
    assert len(cases(alice, CaseKind.VULNERABILITY)) == 2


def test_before_the_rule_changed_the_threshold_was_500() -> None:
    alice = alice_of("GB")
    deposits(alice, "500", "d1", at("2025-02-01 12:00"))
    assert not CareCase.objects.exists()
    deposits(alice, "0.01", "d2", at("2025-02-01 12:00"))
    assert cases(alice, CaseKind.VULNERABILITY)[0].threshold == 500


def test_in_the_netherlands_deposits_above_700_wait_until_they_are_shown_to_be_affordable() -> None:
    alice = alice_of("NL")
    born(alice, date(1990, 5, 1))
    deposits(alice, "700", "d1")
    with pytest.raises(AffordabilityRequired) as refused:
        deposits(alice, "0.01", "d2")
    assert refused.value.details["net_deposits"] == "700"
    (case,) = cases(alice, CaseKind.AFFORDABILITY)
    decides(case, allowed="1500")
    deposits(alice, "800", "d3")
    with pytest.raises(AffordabilityRequired):
        deposits(alice, "0.01", "d4")
    assert len(cases(alice, CaseKind.AFFORDABILITY)) == 2


def test_a_new_calendar_month_begins_at_nothing() -> None:
    alice = alice_of("NL")
    born(alice, date(1990, 5, 1))
    deposits(alice, "700", "d1", at("2026-03-31 21:59"))
    with pytest.raises(AffordabilityRequired):
        deposits(alice, "1", "d2", at("2026-03-31 21:59"))
    deposits(alice, "700", "d3", at("2026-03-31 22:00"))


@pytest.mark.parametrize(
    ("birth", "most"),
    [
        (date(2001, 3, 3), "300"),
        (date(2001, 3, 2), "700"),
        (date(2000, 2, 29), "700"),
        (None, "300"),
    ],
)
def test_somebody_under_25_or_of_unknown_age_has_the_lower_threshold(birth: date | None, most: str) -> None:
    alice = alice_of("NL")
    if birth is not None:
        born(alice, birth)
    deposits(alice, most, "d1")
    with pytest.raises(AffordabilityRequired):
        deposits(alice, "0.01", "d2")


def test_withdrawals_make_room_below_the_threshold() -> None:
    alice = alice_of("NL")
    sets(alice, "5000", period="month")
    deposits(alice, "300", "d1")
    with pytest.raises(AffordabilityRequired):
        deposits(alice, "50", "d2")
    withdrawal_count(player_id=alice.pk, amount=Decimal(50), reference="w1", now=MONDAY)
    deposits(alice, "50", "d3")


def test_what_was_not_affordable_may_be_shown_again() -> None:
    alice = alice_of("NL")
    with pytest.raises(AffordabilityRequired):
        deposits(alice, "301", "d1")
    (case,) = cases(alice, CaseKind.AFFORDABILITY)
    decides(case, cleared=False)
    with pytest.raises(AffordabilityRequired):
        deposits(alice, "301", "d2")
    assert len(cases(alice, CaseKind.AFFORDABILITY)) == 2


def test_a_limit_above_10000_kronor_a_month_asks_for_a_contact() -> None:
    alice = alice_of("SE")
    sets(alice, "10000", period="month")
    assert not CareCase.objects.exists()
    change = sets(alice, "10001", period="month").change
    assert change is not None
    assert not CareCase.objects.exists(), "only once it is in force"
    limit_change_confirm(player_id=alice.pk, change_id=change.pk, actor="player:1", now=change.effective_from)
    (case,) = cases(alice, CaseKind.CONTACT)
    assert (case.figure, case.threshold, case.currency) == (Decimal(10001), Decimal(10000), "SEK")
    bodil = alice_of("DK", nickname="Bodil")
    sets(bodil, "90000", period="month")
    assert not cases(bodil, CaseKind.CONTACT)


def test_a_decision_needs_its_reasons_and_is_made_once() -> None:
    alice = alice_of("NL")
    with pytest.raises(AffordabilityRequired):
        deposits(alice, "301", "d1")
    (case,) = cases(alice, CaseKind.AFFORDABILITY)
    with pytest.raises(RationaleMissing):
        care_case_decide(case_id=case.pk, cleared=True, rationale=" ", allowed=None, actor="staff:7", now=MONDAY)
    for allowed in ("", "299.99"):
        with pytest.raises(AffordableAmountMissing):
            decides(case, allowed=allowed)
    decides(case, allowed="301")
    with pytest.raises(CareCaseDecided):
        decides(case, allowed="302")
