"""Deposits under caps: counted from their authorisation on, given back when they fail, refused with the evidence."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from common.ids import uuid7
from compliance.audit.models import AuditEvent
from compliance.limits.errors import (
    DepositEnded,
    DepositLimitReached,
    DepositReferenceTaken,
    DepositUnknown,
    LimitAmountRefused,
)
from compliance.limits.models import DepositReservation
from compliance.limits.selectors.usage import limits_in_force
from compliance.limits.services.deposits import (
    deposit_release,
    deposit_reserve,
    deposit_settle,
    withdrawal_count,
)
from compliance.limits.services.operator_limits import operator_limit_set
from tests.factories import NOON, deposit_make, rate_make
from tests.limits.scene import MONDAY, alice_of, at, counted, deposits, sets
from wallet.enums import AccountKind
from wallet.models import Transaction
from wallet.services.accounts import house_account
from wallet.services.holds import hold_place, hold_settle
from wallet.services.reversals import transaction_reverse

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)


def test_deposits_under_way_count_and_the_one_over_the_cap_is_refused() -> None:
    alice = alice_of("GB")
    sets(alice, "100")
    deposits(alice, "60", "d1")
    with pytest.raises(DepositLimitReached) as refused:
        deposits(alice, "40.01", "d2")
    assert refused.value.details == {
        "limit": refused.value.details["limit"], "owner": "player", "kind": "deposit", "period": "day",
        "amount": "100", "used": "60", "percent": "60", "until": "2026-03-03T00:00:00+00:00",
    }  # fmt: skip
    deposits(alice, "40", "d3")
    assert counted(alice).deposited == 100


def test_a_refused_deposit_is_told_to_the_trail_and_leaves_nothing_else() -> None:
    alice = alice_of("GB")
    sets(alice, "10")
    with pytest.raises(DepositLimitReached):
        deposits(alice, "11", "d1")
    event = AuditEvent.objects.get(name="compliance:deposit:refused")
    assert event.after is not None
    assert event.after["code"] == "deposit_limit_reached"
    assert event.after["percent"] == "0"
    assert not DepositReservation.objects.exists()


def test_what_fails_at_the_payment_provider_gives_its_room_back_once() -> None:
    alice = alice_of("GB")
    sets(alice, "100")
    deposits(alice, "100", "d1")
    deposit_release(player_id=alice.pk, reference="d1", now=MONDAY)
    deposit_release(player_id=alice.pk, reference="d1", now=MONDAY)
    assert counted(alice).deposited == 0
    deposits(alice, "100", "d2")
    with pytest.raises(DepositUnknown):
        deposit_release(player_id=alice.pk, reference="d9", now=MONDAY)


def test_a_deposit_counts_on_the_day_it_was_let_in_even_when_it_fails_on_another() -> None:
    alice = alice_of("GB")
    sets(alice, "100")
    sets(alice, "150", period="week")
    deposits(alice, "60", "d1", MONDAY)
    deposits(alice, "90", "d2", TUESDAY)
    deposit_release(player_id=alice.pk, reference="d1", now=TUESDAY)
    assert counted(alice).deposited == 90, "Monday's failure gives no room on Tuesday"
    assert counted(alice, "week").deposited == 90
    deposits(alice, "10", "d3", TUESDAY)


def test_a_booked_deposit_goes_on_counting_and_is_not_counted_twice() -> None:
    alice = alice_of("GB", balance="30")
    deposits(alice, "20", "d1", NOON)
    deposit_make(alice, "20")
    deposit_settle(player_id=alice.pk, reference="d1", transaction_id=uuid7(), now=NOON)
    deposits(alice, "5", "d2", NOON)
    sets(alice, "100", NOON)
    assert counted(alice).deposited == 55, "30 past the caps, 20 booked, 5 under way"


def test_a_settled_deposit_is_not_given_back_and_a_late_success_is_no_deposit() -> None:
    alice = alice_of("GB")
    deposits(alice, "20", "d1")
    deposits(alice, "20", "d2")
    booked = uuid7()
    deposit_settle(player_id=alice.pk, reference="d1", transaction_id=booked, now=MONDAY)
    assert deposit_settle(player_id=alice.pk, reference="d1", transaction_id=booked, now=MONDAY).state == "settled"
    with pytest.raises(DepositEnded):
        deposit_release(player_id=alice.pk, reference="d1", now=MONDAY)
    with pytest.raises(DepositEnded):
        deposit_settle(player_id=alice.pk, reference="d1", transaction_id=uuid7(), now=MONDAY)
    deposit_release(player_id=alice.pk, reference="d2", now=MONDAY)
    with pytest.raises(DepositEnded):
        deposit_settle(player_id=alice.pk, reference="d2", transaction_id=uuid7(), now=MONDAY)


def test_a_reference_is_one_deposit_and_no_other() -> None:
    alice = alice_of("GB")
    sets(alice, "100")
    deposits(alice, "60", "d1")
    deposits(alice, "60", "d1")
    assert counted(alice).deposited == 60
    with pytest.raises(DepositReferenceTaken):
        deposits(alice, "61", "d1")


@pytest.mark.parametrize(("amount", "currency"), [("0", "GBP"), ("-1", "GBP"), ("NaN", "GBP"), ("1", "EUR")])
def test_what_is_no_deposit_is_refused(amount: str, currency: str) -> None:
    alice = alice_of("GB")
    with pytest.raises(LimitAmountRefused):
        deposit_reserve(
            player_id=alice.pk, amount=Decimal(amount), currency=currency, reference="d1", actor="psp:bank", now=MONDAY
        )


def test_what_was_deposited_before_a_limit_counts_from_the_first_moment() -> None:
    alice = alice_of("GB", balance="80")
    sets(alice, "100", NOON)
    with pytest.raises(DepositLimitReached) as refused:
        deposits(alice, "21", "d1", NOON)
    assert refused.value.details["used"] == "80"
    deposits(alice, "20", "d2", NOON)


def test_a_new_day_week_and_month_give_room_again_where_the_player_lives() -> None:
    alice = alice_of("SE")
    before = at("2026-03-02 22:59")
    sets(alice, "100", before)
    deposits(alice, "100", "d1", before)
    with pytest.raises(DepositLimitReached):
        deposits(alice, "1", "d2", before)
    deposits(alice, "100", "d3", at("2026-03-02 23:00"))


def test_net_deposits_fall_by_withdrawals_that_were_paid() -> None:
    alice = alice_of("GB", balance="100")
    sets(alice, "100", NOON, kind="net_deposit", period="month")
    with pytest.raises(DepositLimitReached):
        deposits(alice, "1", "d1", NOON)
    clearing = house_account(kind=AccountKind.PAYMENT_CLEARING, scope="bank", currency="GBP")
    hold = hold_place(
        player_id=alice.pk, currency="GBP", amount=Decimal(40), reason="withdrawal 1", actor="x", now=NOON
    )
    with pytest.raises(DepositLimitReached):
        deposits(alice, "1", "d2", NOON)
    with transaction.atomic():
        hold_settle(hold_id=hold.pk, target_id=clearing.id, actor="psp:bank", now=NOON)
        for _again in range(2):
            withdrawal_count(player_id=alice.pk, amount=Decimal(40), reference="w1", now=NOON)
    deposits(alice, "40", "d3", NOON)
    assert counted(alice, "month").withdrawn == 40
    sets(alice, "99", NOON, kind="net_deposit", period="month")
    month = counted(alice, "month")
    assert (month.deposited, month.withdrawn) == (Decimal(140), Decimal(40)), "the ledger tells the same"


def test_a_deposit_taken_back_by_us_is_no_deposit() -> None:
    alice = alice_of("GB", balance="80")
    booked = Transaction.objects.get(player_id=alice.pk, kind="deposit")
    transaction_reverse(transaction_id=booked.pk, actor="staff:1", now=NOON, reason="booked twice")
    sets(alice, "100", NOON)
    assert counted(alice).deposited == 0


def test_the_houses_limit_stands_beside_the_players_and_the_strictest_decides() -> None:
    alice = alice_of("GB")
    sets(alice, "100")
    operator_limit_set(
        player_id=alice.pk, kind="deposit", period="day", amount=Decimal(30), reason="care", actor="staff:7", now=MONDAY
    )
    with pytest.raises(DepositLimitReached) as refused:
        deposits(alice, "31", "d1")
    assert refused.value.details["owner"] == "operator"
    deposits(alice, "30", "d2")
    usage = limits_in_force(player=alice, now=MONDAY)
    assert {u.bound.owner: u.percent for u in usage.usages} == {"player": Decimal(30), "operator": Decimal(100)}
    assert usage.strictest["deposit", "day"].bound.owner == "operator"


def test_in_germany_nobody_deposits_more_than_1000_euros_a_month() -> None:
    alice = alice_of("DE")
    deposits(alice, "1000", "d1")
    with pytest.raises(DepositLimitReached) as refused:
        deposits(alice, "0.01", "d2")
    details = refused.value.details
    assert (details["owner"], details["amount"], details["used"], details["percent"]) == (
        "policy",
        "1000",
        "1000",
        "100",
    )
    assert details["policy_row"]
    sets(alice, "5000", period="month")
    with pytest.raises(DepositLimitReached):
        deposits(alice, "0.01", "d3")
    (ceiling,) = (u for u in limits_in_force(player=alice, now=MONDAY).usages if u.bound.owner == "policy")
    assert ceiling.percent == 100
    deposits(alice, "1000", "d4", at("2026-03-31 22:00"))


def test_the_ceiling_is_read_in_the_players_currency() -> None:
    rate_make("GBP", "0.85")
    alice = alice_of("GB")
    alice.jurisdiction = "DE"
    alice.save()
    deposits(alice, "850", "d1")
    with pytest.raises(DepositLimitReached):
        deposits(alice, "0.01", "d2")
