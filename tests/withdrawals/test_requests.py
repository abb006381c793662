"""Asking for money: held at once, checked by every rule in order, and led to where the rules say."""

from __future__ import annotations

from decimal import Decimal

import pytest

from casino.outbox.models import Fact
from casino.withdrawals.enums import WithdrawalState
from casino.withdrawals.errors import RequestKeyTaken, WithdrawalAmountRefused, WithdrawalNotPossible
from casino.withdrawals.models import Payout, Withdrawal
from compliance.exclusions.enums import ExclusionKind
from compliance.exclusions.services.exclusions import exclusion_place
from compliance.gate.enums import FlagKind
from compliance.gate.errors import WithdrawalBlocked
from compliance.gate.services.flags import flag_place
from players.models import Player
from tests.factories import NOON
from tests.withdrawals.scene import LATER, alice_make, asked, by_hand, card, money, paid_in, plays, rule_make

pytestmark = pytest.mark.django_db


def states(withdrawal: Withdrawal) -> list[str]:
    return list(withdrawal.steps.order_by("pk").values_list("after", flat=True))


def red(withdrawal: Withdrawal) -> set[str]:
    return {check["code"] for check in withdrawal.checks if not check["green"]}


def test_a_small_one_with_every_rule_green_is_held_checked_and_approved_by_rule(alice: Player) -> None:
    made = asked(alice)
    assert money(alice) == {"real": Decimal(110), "hold": Decimal(40)}
    assert states(made) == ["requested", "checked", "approved"]
    assert (made.state, made.auto_approved, red(made)) == ("approved", True, set())
    assert Fact.objects.get(key=made.reference).payload["amount"] == "40"


def test_the_same_key_is_the_same_withdrawal_and_never_another(alice: Player) -> None:
    first = asked(alice, key="pressed-twice")
    assert asked(alice, key="pressed-twice").pk == first.pk
    with pytest.raises(RequestKeyTaken):
        asked(alice, "41", key="pressed-twice")
    assert money(alice)["hold"] == 40


@pytest.mark.parametrize("amount", ["0", "-1", "0.001"])
def test_an_amount_that_can_not_be_paid_is_refused(alice: Player, amount: str) -> None:
    with pytest.raises(WithdrawalAmountRefused):
        asked(alice, amount)


def test_more_than_may_leave_is_refused_in_the_rules_words(alice: Player) -> None:
    with pytest.raises(WithdrawalNotPossible) as refusal:
        asked(alice, "200")
    assert refusal.value.message == "You can withdraw 150.00 EUR now."
    assert not Withdrawal.objects.exists()
    assert money(alice) == {"real": Decimal(150)}


def test_deposits_that_were_not_staked_are_for_a_person_to_look_at(db: None) -> None:
    alice = alice_make(staked="30", won="30")
    made = asked(alice)
    assert (made.state, red(made)) == ("review", {"turnover"})
    turnover = next(check for check in made.checks if check["code"] == "turnover")
    assert "70.00 EUR of 100.00 EUR are not staked" in turnover["text"]


def test_stakes_before_a_deposit_do_not_count_for_it(db: None) -> None:
    alice = alice_make(staked="100", won="100")
    paid_in(alice, "50", now=NOON.replace(hour=15))
    made = asked(alice)
    assert "turnover" in red(made)
    assert "50.00 EUR of 150.00 EUR" in next(c for c in made.checks if c["code"] == "turnover")["text"]


def test_nobody_verified_waits_for_documents(alice: Player) -> None:
    rule_make(kyc_level=2)
    made = asked(alice)
    assert (made.state, red(made)) == ("kyc", {"kyc_level"})


def test_a_risk_flag_freezes_what_it_does_not_refuse(alice: Player) -> None:
    flag_place(
        player_id=alice.pk, kind=FlagKind.RISK_CHARGEBACK, reason="a dispute", ends_at=None, actor="staff:7", now=NOON
    )
    made = asked(alice)
    assert (made.state, "flags" in red(made)) == ("frozen", True)


def test_a_blocked_withdrawal_is_refused_by_the_gate(alice: Player) -> None:
    flag_place(
        player_id=alice.pk, kind=FlagKind.WITHDRAWAL_BLOCKED, reason="asked", ends_at=None, actor="staff:7", now=NOON
    )
    with pytest.raises(WithdrawalBlocked):
        asked(alice)
    assert not Withdrawal.objects.exists()


def test_a_new_card_rests(alice: Player) -> None:
    made = asked(alice, now=NOON.replace(hour=18))
    assert "cool_down" in red(made)


def test_too_many_in_a_day_are_for_a_person(alice: Player) -> None:
    rule_make(day_count=1)
    assert asked(alice, "10").state == "approved"
    assert "velocity" in red(asked(alice, "10"))


def test_above_the_amount_of_the_rule_a_person_looks(alice: Player) -> None:
    by_hand()
    made = asked(alice)
    assert (made.state, red(made)) == ("review", set())
    assert "which a rule may approve" in made.reason


def test_below_the_methods_minimum_nothing_can_take_it(alice: Player) -> None:
    with pytest.raises(WithdrawalNotPossible) as refusal:
        asked(alice, "5")
    assert refusal.value.details["reason"] == "closed_loop"


def test_it_is_split_over_the_cards_that_money_came_from(db: None) -> None:
    alice = alice_make(deposited="60", staked="0")
    paid_in(alice, "40", by=card(2))
    plays(alice, "100", "200")
    made = asked(alice, "120")
    parts = list(Payout.objects.filter(withdrawal=made).order_by("part").values_list("held", "closed_loop"))
    assert sum(held for held, _loop in parts) == 120
    assert (Decimal(40), True) in parts
    assert money(alice) == {"real": Decimal(80), "hold": Decimal(120)}


def test_what_is_asked_for_next_knows_what_the_first_one_takes(db: None) -> None:
    alice = alice_make(won="250")
    first, second = asked(alice, "100"), asked(alice, "20")
    loops = dict(Payout.objects.values_list("withdrawal_id", "closed_loop"))
    assert loops == {first.pk: True, second.pk: False}


def test_an_excluded_players_money_is_paid(alice: Player) -> None:
    exclusion_place(
        player_id=alice.pk, kind=ExclusionKind.SELF_EXCLUSION, length="P6M", actor=f"player:{alice.pk}", now=NOON
    )
    assert asked(alice).state == WithdrawalState.APPROVED


def test_the_snapshot_of_the_rules_stands_in_the_step(alice: Player) -> None:
    made = asked(alice, now=LATER)
    step = made.steps.get(after="checked")
    assert [check["code"] for check in step.checks] == [
        "gate", "withdrawable", "closed_loop", "turnover", "kyc_level", "ownership", "cool_down", "velocity", "limits",
        "flags", "receivable", "chargebacks", "linked",
    ]  # fmt: skip
    assert step.risk["score"] == made.risk_score
    assert step.rule_id == made.rule_id
