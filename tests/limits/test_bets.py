"""Real bets of a provider under limits: refused by the cap, counted with the money, raced on real connections."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.db import connection, transaction

from compliance.limits.decisions import bet_check, bet_count, play_limits_read
from compliance.limits.selectors.counts import count_from_ledger
from compliance.limits.selectors.usage import limits_in_force
from compliance.limits.services.operator_limits import operator_limit_set
from players.accounts.models import Device, PlayerSession
from players.models import Player
from tests.casino.play.table import Table, code_of, table_make
from tests.casino.play.together import together
from tests.factories import NOON, session_make
from tests.limits.scene import counted, sets

pytestmark = pytest.mark.django_db(transaction=True)
D = Decimal
HOUR = timedelta(hours=1)


@pytest.fixture
def table() -> Table:
    return table_make("1000")


def test_a_stake_that_could_lose_more_than_the_limit_is_refused_and_a_smaller_one_taken(table: Table) -> None:
    sets(table.player, "100", NOON, kind="loss")
    assert code_of(table.bet("60", "r1")) == "ok"
    assert code_of(table.bet("40.01", "r2")) == "limit_reached"
    assert code_of(table.bet("40", "r3")) == "ok"
    assert code_of(table.bet("0.01", "r4")) == "limit_reached"
    assert table.balance() == 900


def test_wins_and_rollbacks_lower_the_net_loss_and_rounds_in_flight_settle(table: Table) -> None:
    sets(table.player, "100", NOON, kind="loss")
    table.bet("60", "r1", call_id="b1")
    table.bet("40", "r2", call_id="b2")
    sets(table.player, "1", NOON, kind="loss")
    assert code_of(table.bet("1", "r3")) == "limit_reached"
    assert code_of(table.win("70", "r1")) == "ok"
    assert code_of(table.rollback("b2")) == "ok"
    day = counted(table.player)
    assert (day.staked, day.won) == (D(60), D(70))
    assert code_of(table.bet("11", "r4")) == "ok", "10 were won in all, and 1 may be lost"
    assert code_of(table.bet("0.01", "r5")) == "limit_reached"


def test_a_limit_stops_the_very_next_bet_and_the_strictest_decides(table: Table) -> None:
    assert code_of(table.bet("50", "r1")) == "ok"
    sets(table.player, "30", NOON, kind="stake", period="")
    assert code_of(table.bet("50", "r2")) == "limit_reached"
    assert code_of(table.bet("30", "r3")) == "ok"
    operator_limit_set(
        player_id=table.player.pk, kind="stake", period="", amount=D(5), reason="care", actor="staff:7", now=NOON
    )
    assert code_of(table.bet("30", "r4")) == "limit_reached"
    assert code_of(table.bet("5", "r5")) == "ok"


def test_stakes_are_capped_whatever_is_won(table: Table) -> None:
    sets(table.player, "100", NOON, kind="wager", period="week")
    table.bet("60", "r1")
    table.win("500", "r1")
    assert code_of(table.bet("41", "r2")) == "limit_reached"
    assert code_of(table.bet("40", "r3")) == "ok"
    (usage,) = limits_in_force(player=table.player, now=NOON).usages
    assert (usage.used, usage.percent) == (D(100), D(100))


def test_a_new_day_of_the_player_gives_room_again(table: Table) -> None:
    Player.objects.filter(pk=table.player.pk).update(time_zone="Pacific/Auckland")
    table.player.refresh_from_db()
    table.now = NOON.replace(hour=10, minute=59)
    table.session = session_make(table.player, table.game, now=table.now)
    sets(table.player, "10", table.now, kind="loss")
    assert code_of(table.bet("10", "r1")) == "ok"
    assert code_of(table.bet("1", "r2")) == "limit_reached"
    table.now = NOON.replace(hour=11)
    assert code_of(table.bet("10", "r3")) == "ok"
    assert counted(table.player).staked == 10


def test_a_free_round_costs_nothing_and_passes(table: Table) -> None:
    sets(table.player, "0", NOON, kind="loss")
    assert code_of(table.bet("5", "r1")) == "limit_reached"
    assert code_of(table.bet("5", "r2", free_round="f1")) == "ok"


def signed_in(player: Player, since: timedelta, until: timedelta | None = None) -> PlayerSession:
    device, _ = Device.objects.get_or_create(
        player=player, defaults={"device_index": bytes(32), "kind": "x", "first_seen_at": NOON, "last_seen_at": NOON}
    )
    number = PlayerSession.objects.count()
    return PlayerSession.objects.create(
        player=player, public_id=f"ps_{number}", token_digest=bytes([number]) * 32, device=device, user_agent="x",
        created_at=NOON + since, last_seen_at=NOON + since, strong_at=NOON + since,
        ended_at=None if until is None else NOON + until, end_reason="" if until is None else "signed_out",
    )  # fmt: skip


def test_time_signed_in_is_counted_once_however_many_devices_and_ends_play(table: Table) -> None:
    sets(table.player, "120", NOON, kind="session_time")
    signed_in(table.player, -3 * HOUR, -2 * HOUR)
    signed_in(table.player, -2.5 * HOUR, -1.5 * HOUR)
    assert code_of(table.bet("1", "r1")) == "ok"
    (usage,) = limits_in_force(player=table.player, now=NOON).usages
    assert (usage.used, usage.percent) == (D(90), D(75))
    signed_in(table.player, -0.5 * HOUR)
    assert code_of(table.bet("1", "r2")) == "limit_reached"
    table.now = NOON + 12 * HOUR
    table.session = session_make(table.player, table.game, now=table.now)
    PlayerSession.objects.filter(ended_at=None).update(ended_at=NOON, end_reason="signed_out")
    assert code_of(table.bet("1", "r3")) == "ok", "a new day"


def test_of_ten_bets_at_once_as_many_pass_as_the_cap_has_room_for(table: Table) -> None:
    sets(table.player, "100", NOON, kind="loss")
    told = sorted(map(code_of, together([partial(table.bet, "30", f"r{n}") for n in range(10)])))
    assert told == ["limit_reached"] * 7 + ["ok"] * 3
    assert counted(table.player).staked == 90
    assert table.balance() == 910


def test_without_the_lock_two_bets_pass_one_cap(table: Table) -> None:
    sets(table.player, "100", NOON, kind="loss")
    meet = threading.Barrier(2)

    def unlocked() -> bool:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT limits_of_bet(%s, %s)", [table.player.pk, NOON])
            (text,) = cursor.fetchone() or (None,)
            limits = play_limits_read(text)
            assert limits is not None
            meet.wait(timeout=30)
            if bet_check(stake=D(60), real=D(60), limits=limits, now=NOON) is not None:
                return False
            counts = bet_count(stake=D(60), real=D(60), limits=limits, now=NOON)
            cursor.execute("SELECT limits_count(%s, %s)", [table.player.pk, counts])
            return True

    assert together([unlocked, unlocked]) == [True, True], "the race is real"
    assert counted(table.player).staked == 120


def test_a_limit_and_bets_at_once_are_one_after_the_other(table: Table) -> None:
    for number in range(4):
        bets = [partial(table.bet, "30", f"r{number}-{n}") for n in range(3)]
        limit = partial(sets, table.player, str(300 - number), NOON, kind="loss")
        works: list[Callable[[], object]] = [*bets, limit]
        together([partial(call, work) for work in works])
        kept, ledger = counted(table.player), count_from_ledger(player=table.player, period="day", now=NOON)
        assert (kept.wagered, kept.staked) == (ledger.wagered, ledger.staked), "a bet was missed, or counted twice"
    assert counted(table.player).staked == 270, "nine bets of thirty are all that fit below 297"


def call(work: Callable[[], object]) -> str:
    """For works of several kinds at once."""
    return str(work())


@pytest.mark.parametrize("seed", range(4))
def test_after_any_play_the_counters_say_what_the_ledger_says(table: Table, seed: int) -> None:
    chance = random.Random(seed)
    for kind, period, amount in (("loss", "day", "300"), ("wager", "week", "900"), ("loss", "month", "800")):
        sets(table.player, amount, NOON, kind=kind, period=period)
    bets: list[str] = []
    for step in range(60):
        act = chance.choice(["bet", "bet", "bet", "win", "rollback", "wait"])
        if act == "bet":
            table.bet(str(chance.randint(1, 40)), f"r{step}", call_id=f"b{step}")
            bets.append(f"b{step}")
        elif act == "win" and bets:
            table.win(str(chance.randint(0, 60)), f"r{chance.choice(bets)[1:]}")
        elif act == "rollback" and bets:
            table.rollback(bets.pop(chance.randrange(len(bets))))
        elif act == "wait":
            table.now += chance.choice([1, 9, 30]) * HOUR
            table.session = session_make(table.player, table.game, now=table.now)
    table.bet("1", "last")
    for period in ("day", "week", "month"):
        kept = counted(table.player, period)
        ledger = count_from_ledger(player=table.player, period=period, now=table.now)
        if kept.ends_at > table.now:
            assert (kept.wagered, kept.staked, kept.won) == (ledger.wagered, ledger.staked, ledger.won), period
