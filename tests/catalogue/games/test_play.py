"""Reports of play say what was added up by hand, and what they say is the ledger's."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from common.scope import NOTHING
from reporting.catalogue import reading
from reporting.catalogue.enums import Basis, Known
from reporting.catalogue.registry import report_get
from tests.catalogue.asking import AS_OF, DAY, only, picked, question, rows, tied
from tests.catalogue.games.scene import Scene
from tests.facts.house import read_all

SUMS = ("wagered", "voided", "turnover", "won", "contribution", "jackpot_won", "ggr", "open_stakes")


def _the_performance_of_a_game(scene: Scene) -> None:
    (row,) = rows("game-performance")
    # 10 + 20 + 5 + 8 + 0.2 + 100 wagered, 5 voided; 25 + 30 won; 1 to the pool; 40 out of it; 8 stand open.
    assert picked([row], *SUMS) == [("143.2", "5", "138.2", "55", "1", "40", "82.2", "8")]
    assert (row["provider"], row["game"], row["currency"], row["bets"]) == ("sandbox", "slot", "EUR", 6)
    # (55 + 40) / 138.2; GGR 138.2 - 55 - 1 = 82.2; of 6 bets 143.2.
    assert picked([row], "rtp_actual", "rtp_theoretical", "hold") == [("68.741", "96", "31.259")]
    assert (row["z"], row["verdict"]) == (None, "volatility not known")
    assert tied("game-performance") == [Decimal("82.2")]
    (total,) = reading.totals(report_get("game-performance"), question())
    assert (total.currency, total.values["ggr"], total.values["bets"]) == ("EUR", Decimal("82.2"), Decimal(6))


def test_by_settlement_a_round_counts_on_the_day_it_was_settled(scene: Scene) -> None:
    scene.alice.now += timedelta(days=1)
    scene.alice.win("3", "a4", closes=True)
    read_all(scene.alice.now)
    first = {"basis": Basis.SETTLED, "known": Known.FIRST}
    # Without the 8 of a4, which was settled a day later.
    assert picked(rows("game-performance", **first), "turnover", "won", "ggr") == [("130.2", "55", "74.2")]
    assert picked(rows("game-performance", basis=Basis.SETTLED), "turnover", "won", "ggr") == [("130.2", "55", "74.2")]
    assert tied("game-performance", basis=Basis.SETTLED) == [Decimal("82.2")]
    assert tied("game-performance", **first) == [Decimal("82.2")]
    tomorrow = {"first": DAY + timedelta(days=1), "last": DAY + timedelta(days=1)}
    assert picked(rows("game-performance", **tomorrow), "turnover", "won") == [("0", "3")]
    assert picked(rows("game-performance", basis=Basis.SETTLED, **tomorrow), "turnover", "won") == [("8", "3")]
    # The day that is over says of its own open round what it said then.
    assert picked(rows("game-performance"), *SUMS) == [("143.2", "5", "138.2", "55", "1", "40", "82.2", "8")]


def _another_brand_and_test_players_are_not_seen(scene: Scene) -> None:
    brand = scene.alice.player.brand_id
    mine = {"scope": only(brand)}
    assert picked(rows("game-performance", **mine), "wagered", "ggr") == [("43.2", "-17.8")]
    assert tied("game-performance", **mine) == [Decimal("-17.8")]
    assert picked(rows("provider-performance", brand_id=scene.york.pk), "provider", "ggr") == [("sandbox", "100")]
    assert picked(rows("category-performance", test_players=True), "category", "ggr") == [("Slot", "7")]
    for code in ("game-performance", "provider-performance", "category-performance", "player-games"):
        assert rows(code, scope=NOTHING) == []
        assert rows(code, scope=only(brand), brand_id=scene.york.pk) == []
        assert rows(code, first=DAY - timedelta(days=9), last=DAY - timedelta(days=9)) == []


def _players_and_games(scene: Scene) -> None:
    found = picked(rows("player-games"), "player", "turnover", "won", "jackpot_won", "ggr", "rounds")
    names = {table.player.public_id: table for table in (scene.alice, scene.bob, scene.dora)}
    assert {(names[row[0]].player.nickname, *row[1:5]) for row in found} == {
        ("Alice", "38", "25", "0", "12"),
        ("Bob", "0.2", "30", "40", "-29.8"),
        ("Dora", "100", "0", "0", "100"),
    }
    assert tied("player-games") == [Decimal("82.2")]
    assert tied("player-games", player_id=scene.bob.player.pk) == [Decimal("-29.8")]
    assert tied("player-games", player_id=scene.bob.player.pk, basis=Basis.SETTLED) == [Decimal("-29.8")]


def _rounds(scene: Scene) -> None:
    found = rows("rounds")
    assert sorted(picked(found, "round", "state", "staked", "won", "bets", "rolled_back")) == [
        ("a1", "Closed", "10", "25", 1, 0),
        ("a2", "Closed", "20", "0", 1, 0),
        ("a3", "Closed", "0", "0", 0, 1),
        ("a4", "Open", "8", "0", 1, 0),
        ("b1", "Closed", "0.2", "70", 1, 0),
        ("d1", "Closed", "100", "0", 1, 0),
    ]
    # Staked 138.2, won 95: what the players lost together.
    assert tied("rounds") == [Decimal("43.2")]
    assert picked(rows("rounds", state="open"), "round") == [("a4",)]
    assert picked(rows("rounds", scope=only(scene.york.pk)), "round") == [("d1",)]
    assert {row["round"] for row in rows("unfinished-rounds")} == {"a3", "a4"}
    assert picked(rows("unfinished-rounds", state="open"), "round", "held", "minutes") == [("a4", "8", 10_800)]
    assert picked(rows("unfinished-rounds", state="void"), "round", "held") == [("a3", "0")]
    assert tied("unfinished-rounds") == [Decimal(8)]
    # 70 is 350 times 0.2.
    assert picked(rows("big-wins"), "round", "won", "multiplier", "with_jackpot") == [("b1", "70", "350", True)]


def _sessions(scene: Scene) -> None:
    found = {row["player"]: row for row in rows("game-sessions")}
    alice = found[scene.alice.player.public_id]
    # 100 - 10 + 25 - 20 - 5 + 5 - 8.
    assert picked([alice], "opening", "staked", "won", "net", "unfinished", "closing", "rounds") == [
        ("100", "38", "25", "13", "8", "87", 4)
    ]
    assert len(found) == 3
    assert reading.totals(report_get("game-sessions"), question())[0].values["net"] == Decimal("43.2")


def _jackpots_tie_to_their_pools(scene: Scene) -> None:
    (row,) = rows("jackpots")
    # Seeded with 50, fed with 1, paid 40, and topped up by 39 to its seed of 50.
    assert picked([row], "opening", "seeded", "contributions", "won", "closing") == [("0", "89", "1", "-40", "50")]
    assert tied("jackpots") == [Decimal(50)]
    after = {"first": DAY + timedelta(days=1), "last": DAY + timedelta(days=2)}
    assert picked(rows("jackpots", **after), "opening", "contributions", "closing") == [("50", "0", "50")]
    assert rows("jackpots", scope=only(scene.alice.player.brand_id)) == [], "a pool belongs to the whole house"

    (payout,) = rows("jackpot-payouts")
    assert picked([payout], "jackpot", "round", "hit", "paid", "base_amount", "large", "processed_by") == [
        ("pool", "b1", "40", "40", "40", False, "provider:sandbox")
    ]
    assert rows("jackpot-payouts", scope=only(scene.york.pk)) == []


def _pages_come_in_the_order_of_the_key(_scene: Scene) -> None:
    report, asked = report_get("rounds"), question(as_of=AS_OF)
    one = reading.page(report, asked, size=4)
    two = reading.page(report, asked, after=one.next, size=4)
    assert len(one.rows) == 4
    assert len(two.rows) == 2
    assert {row["round_id"] for row in one.rows}.isdisjoint(row["round_id"] for row in two.rows)


def test_a_day_of_play_as_it_was_added_up_by_hand(scene: Scene) -> None:
    """One scene for all that is asked of it: making it takes longer than the questions."""
    _the_performance_of_a_game(scene)
    _another_brand_and_test_players_are_not_seen(scene)
    _players_and_games(scene)
    _rounds(scene)
    _sessions(scene)
    _jackpots_tie_to_their_pools(scene)
    _pages_come_in_the_order_of_the_key(scene)
