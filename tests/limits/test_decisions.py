"""The rules of a stake and a deposit under limits, purely."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from compliance.limits.decisions import (
    bet_check,
    bet_count,
    deposit_check,
    minutes_signed_in,
    play_limits_read,
    rollback_count,
    win_count,
)
from compliance.limits.types import Bound, Count, PlayLimits
from tests.limits.scene import MONDAY, at

D = Decimal
DAY = Count("day", at("2026-03-02 00:00"), at("2026-03-03 00:00"))


def limits(*bounds: Bound, **counted: str) -> PlayLimits:
    sums = {name: D(text) for name, text in counted.items()}
    count = Count("day", DAY.starts_at, DAY.ends_at, **sums)
    return PlayLimits(zone="UTC", bounds=bounds, counts={"day": count})


def bound(kind: str, amount: str, *, owner: str = "player", period: str = "day", number: int = 1) -> Bound:
    return Bound(number, owner, kind, period, D(amount))


def refused(stake: str, among: PlayLimits, **changes: Any) -> dict[str, str]:
    """The evidence, empty when the stake is taken."""
    given: dict[str, Any] = {"stake": D(stake), "real": D(stake), "now": MONDAY} | changes
    reached = bet_check(limits=among, **given)
    return reached.evidence if reached else {}


@pytest.mark.parametrize(
    ("stake", "staked", "won", "taken"),
    [
        ("10", "90", "0", True),
        ("10.01", "90", "0", False),
        ("100", "0", "0", True),
        ("0.01", "100", "0", False),
        ("60", "100", "60", True),
        ("60.01", "100", "60", False),
        # More was won than staked: the loss starts below zero.
        ("150", "10", "60", True),
        ("150.01", "10", "60", False),
    ],
)
def test_a_stake_is_refused_when_the_net_loss_with_it_is_more_than_the_limit(
    stake: str, staked: str, won: str, taken: bool
) -> None:
    among = limits(bound("loss", "100"), staked=staked, won=won)
    assert bool(refused(stake, among)) is not taken


def test_a_stake_from_a_bonus_can_not_be_lost_but_is_staked() -> None:
    assert not refused("50", limits(bound("loss", "10")), real=D(0))
    assert refused("50", limits(bound("wager", "10")), real=D(0))["kind"] == "wager"


def test_wins_do_not_lower_what_was_staked() -> None:
    among = limits(bound("wager", "100"), wagered="100", won="1000")
    assert refused("0.01", among)["kind"] == "wager"


def test_a_single_stake_has_its_own_limit() -> None:
    among = limits(bound("stake", "5", period=""))
    assert not refused("5", among)
    assert refused("5.01", among) == {
        "limit": "1", "owner": "player", "kind": "stake", "amount": "5", "used": "5.01", "percent": "100.2",
    }  # fmt: skip


def test_the_evidence_tells_how_much_is_used_and_until_when() -> None:
    among = limits(bound("loss", "300", number=7), staked="299", won="100")
    assert refused("200", among) == {
        "limit": "7", "owner": "player", "kind": "loss", "period": "day", "amount": "300", "used": "199",
        "percent": "66.3", "until": "2026-03-03T00:00:00+00:00",
    }  # fmt: skip


def test_the_players_limit_and_the_operators_are_apart_and_the_strictest_decides() -> None:
    own, house = bound("loss", "100", number=1), bound("loss", "20", owner="operator", number=2)
    assert refused("50", limits(own, house))["owner"] == "operator"
    assert refused("150", limits(own, house))["limit"] == "2"
    looser_house = bound("loss", "500", owner="operator", number=2)
    assert refused("150", limits(own, looser_house))["owner"] == "player"


def test_a_limit_of_zero_stops_everything_that_costs() -> None:
    assert refused("0.01", limits(bound("wager", "0")))["percent"] == "100"
    assert not refused("0", limits(bound("wager", "0")))


def test_what_was_counted_in_an_ended_period_counts_no_more() -> None:
    among = limits(bound("loss", "100"), staked="100")
    assert refused("1", among)
    assert not refused("100", among, now=at("2026-03-03 00:00"))
    text = bet_count(stake=D(7), real=D(7), limits=among, now=at("2026-03-03 00:00"))
    assert text is not None
    (row,) = json.loads(text)
    assert row["starts_at"] == "2026-03-03T00:00:00+00:00"


def test_a_bet_that_began_before_midnight_and_waited_counts_in_the_new_day() -> None:
    among = limits(bound("loss", "100"), staked="100")
    assert refused("1", among, now=DAY.starts_at - timedelta(milliseconds=1))


def test_time_signed_in_stops_stakes_when_it_is_used_up() -> None:
    signed_in = ((at("2026-03-01 23:00"), at("2026-03-02 00:30")), (at("2026-03-02 11:30"), at("2026-03-02 12:00")))
    among = PlayLimits(zone="UTC", bounds=(bound("session_time", "60"),), counts={"day": DAY}, signed_in=signed_in)
    assert refused("0", among) == {
        "limit": "1", "owner": "player", "kind": "session_time", "period": "day", "amount": "60", "used": "60",
        "percent": "100", "until": "2026-03-03T00:00:00+00:00",
    }  # fmt: skip
    assert not refused("1", among, now=at("2026-03-02 11:59"))
    assert minutes_signed_in(signed_in, at("2026-03-01 23:30"), at("2026-03-02 00:10")) == 40


def test_a_deposit_is_refused_over_gross_and_net_caps() -> None:
    gross = limits(bound("deposit", "100"), deposited="80", withdrawn="80")
    assert deposit_check(amount=D(20), limits=gross, now=MONDAY) is None
    assert deposit_check(amount=D("20.01"), limits=gross, now=MONDAY) is not None
    net = limits(bound("net_deposit", "100"), deposited="80", withdrawn="80")
    assert deposit_check(amount=D(100), limits=net, now=MONDAY) is None
    assert deposit_check(amount=D("100.01"), limits=net, now=MONDAY) is not None


def test_a_rollback_is_counted_only_where_its_original_was() -> None:
    week = Count("week", at("2026-03-02 00:00"), at("2026-03-09 00:00"))
    among = PlayLimits(zone="UTC", bounds=(bound("loss", "1"),), counts={"day": DAY, "week": week})
    tuesday = at("2026-03-03 09:00")
    text = rollback_count(stake=D(5), real=D(5), booked_at=MONDAY, limits=among, now=tuesday)
    assert text is not None
    assert [(row["period"], row["wagered"]) for row in json.loads(text)] == [("week", "-5")]
    assert rollback_count(won=D(5), booked_at=at("2026-02-27 09:00"), limits=among, now=tuesday) is None


def test_nothing_is_written_where_nothing_moves_or_no_period_is_counted() -> None:
    assert win_count(real=D(0), limits=limits(bound("loss", "1")), now=MONDAY) is None
    alone = PlayLimits(zone="UTC", bounds=(bound("stake", "1", period=""),))
    assert bet_count(stake=D(1), real=D(1), limits=alone, now=MONDAY) is None
    assert play_limits_read(None) is None
