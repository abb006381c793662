"""How much may leave, and why not the rest: the parts always sum to what the player has."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance import withdrawable as module
from compliance.enums import RestrictionKind
from compliance.withdrawable import Reason, Standing, WithdrawFacts, withdraw_rule_register, withdrawable
from players.enums import PlayerStatus
from tests.factories import NOON

NOTHING_AGAINST = WithdrawFacts(
    currency="EUR", real=Decimal(100), bonus=Decimal(0), held=Decimal(0), receivable=Decimal(0), open_rounds=0,
    open_stake=Decimal(0), status="active", is_test=False,
)  # fmt: skip
amounts = st.decimals(min_value=0, max_value=10**9, places=4)
standings = st.builds(
    Standing, st.sampled_from(RestrictionKind.values), st.just(NOON), st.none(), st.just("because")
)  # fmt: skip
facts = st.builds(
    WithdrawFacts, currency=st.just("EUR"), real=amounts, bonus=amounts, held=amounts, receivable=amounts,
    open_rounds=st.integers(0, 50), open_stake=amounts, status=st.sampled_from(PlayerStatus.values),
    is_test=st.booleans(), restrictions=st.lists(standings, max_size=4).map(tuple),
)  # fmt: skip


def codes(of: WithdrawFacts) -> dict[str, Decimal]:
    return {reason.code: reason.amount for reason in withdrawable(of).reasons}


def standing(kind: RestrictionKind) -> Standing:
    return Standing(kind.value, NOON, None, "asked")


def test_with_nothing_against_it_all_real_money_may_leave() -> None:
    answer = withdrawable(NOTHING_AGAINST)
    assert (answer.amount, answer.of, answer.reasons) == (Decimal(100), Decimal(100), ())


@given(facts)
def test_the_parts_sum_to_what_the_player_has_and_nothing_is_negative(of: WithdrawFacts) -> None:
    answer = withdrawable(of)
    assert answer.amount >= 0
    assert all(reason.amount >= 0 for reason in answer.reasons)
    assert answer.amount + sum(reason.amount for reason in answer.reasons) == answer.of == of.real + of.bonus + of.held
    assert answer.amount <= of.real


@given(facts)
def test_every_reason_has_words(of: WithdrawFacts) -> None:
    for reason in withdrawable(of).reasons:
        assert reason.text.endswith(".")
        assert reason.code


def test_held_and_bonus_money_and_debts_are_told_apart() -> None:
    of = replace(
        NOTHING_AGAINST, bonus=Decimal(20), held=Decimal(60), receivable=Decimal("7.5"), holds=("withdrawal 12",)
    )
    assert codes(of) == {"held": Decimal(60), "bonus": Decimal(20), "receivable": Decimal("7.5")}
    answer = withdrawable(of)
    assert (answer.amount, answer.of) == (Decimal("92.5"), Decimal(180))
    assert "withdrawal 12" in answer.reasons[0].text
    assert "7.50 EUR" in answer.reasons[2].text


def test_a_debt_above_the_balance_leaves_nothing_and_no_negative_amount() -> None:
    answer = withdrawable(replace(NOTHING_AGAINST, receivable=Decimal(130)))
    assert (answer.amount, answer.reasons[0].amount) == (Decimal(0), Decimal(100))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"status": "blocked"}, "account_blocked"),
        ({"is_test": True}, "test_player"),
        ({"restrictions": (standing(RestrictionKind.KYC_REQUIRED),)}, "kyc_required"),
    ],
)
def test_what_stops_everything_keeps_all_that_is_left(change: dict[str, object], code: str) -> None:
    of = replace(NOTHING_AGAINST, bonus=Decimal(5), **change)  # type: ignore[arg-type]
    assert withdrawable(of).amount == 0
    assert codes(of) == {"bonus": Decimal(5), code: Decimal(100)}


def test_the_money_of_a_closed_account_stays_the_players_own() -> None:
    of = replace(NOTHING_AGAINST, status="closed")
    assert withdrawable(of).amount == Decimal(100)
    assert codes(of) == {"account_closed": Decimal(0)}


@pytest.mark.parametrize("kind", [RestrictionKind.SELF_EXCLUDED, RestrictionKind.TIME_OUT_ACTIVE])
def test_the_money_of_an_excluded_player_stays_the_players_own(kind: RestrictionKind) -> None:
    of = replace(NOTHING_AGAINST, restrictions=(standing(kind),))
    assert withdrawable(of).amount == Decimal(100)
    assert codes(of) == {kind.value: Decimal(0)}


@pytest.mark.parametrize(
    "kind", [RestrictionKind.LIMIT_REACHED, RestrictionKind.REALITY_CHECK_DUE, RestrictionKind.GEO_BLOCKED]
)
def test_restrictions_of_play_alone_keep_no_money(kind: RestrictionKind) -> None:
    of = replace(NOTHING_AGAINST, restrictions=(standing(kind),))
    assert (withdrawable(of).amount, codes(of)) == (Decimal(100), {})


def test_open_rounds_are_explained_and_keep_nothing() -> None:
    of = replace(NOTHING_AGAINST, open_rounds=2, open_stake=Decimal("3.000000000000000000"))
    answer = withdrawable(of)
    assert answer.amount == Decimal(100)
    assert "2 rounds are not settled: 3.00 EUR" in answer.reasons[0].text


def test_a_later_issue_adds_its_rule_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def turnover(of: WithdrawFacts) -> Reason | None:
        return Reason(code="turnover", text="Deposits were not played yet.", keeps=Decimal(30))

    monkeypatch.setattr(module, "_RULES", list(module._RULES))
    withdraw_rule_register(turnover)
    withdraw_rule_register(turnover)
    assert withdrawable(NOTHING_AGAINST).amount == Decimal(70)
