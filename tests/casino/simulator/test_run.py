"""Whole runs against a wallet that keeps the contract: the books agree, whatever the weather."""

import time
from threading import Event, Thread

import pytest

from casino.simulator import (
    ChaosLevel,
    SetupRefusedError,
    SimulationPlan,
    SimulationReport,
    WalletUnreachableError,
    run,
)
from casino.simulator.chaos import TRICKS
from casino.simulator.games import GAMES
from tests.casino.simulator.conftest import Serve, quick_plan
from tests.casino.simulator.wallet_server import WalletServer, Weather


def decisions(report: SimulationReport) -> object:
    """Everything that must not depend on the timing of threads."""
    players = sorted((one.currency, one.expected) for one in report.comparisons)
    return report.rounds, report.games, report.tricks, players


@pytest.mark.parametrize("chaos", ChaosLevel)
def test_the_books_agree_with_a_wallet_that_keeps_the_contract(serve: Serve, chaos: ChaosLevel) -> None:
    report = run(quick_plan(serve().url, chaos=chaos, rounds=600))
    assert report.violations == ()
    assert report.differences == ()
    assert report.exit_code == 0
    assert report.rounds >= 590


def test_high_chaos_plays_every_trick(serve: Serve) -> None:
    report = run(quick_plan(serve().url, rounds=700))
    assert set(report.tricks) == {trick.value for trick in TRICKS}
    outcomes = {outcome for _, outcome in report.calls}
    assert {
        "insufficient_funds",
        "session_expired",
        "transaction_rolled_back",
        "bet_not_found",
        "round_closed",
        "original_settled",
        "idempotency_conflict",
        "token_used",
    } <= outcomes
    assert report.hang_ups > 0
    assert report.passed


def test_the_books_agree_in_bad_weather(serve: Serve) -> None:
    weather = Weather(lost_before=0.02, lost_after=0.02, busy=0.02, limited=0.02)
    report = run(quick_plan(serve(weather=weather).url, rounds=400))
    assert report.retries > 0
    assert report.violations == ()
    assert report.passed


def test_the_same_seed_makes_the_same_decisions_and_another_seed_others(serve: Serve) -> None:
    first = run(quick_plan(serve().url, seed=3))
    again = run(quick_plan(serve().url, seed=3))
    other = run(quick_plan(serve().url, seed=4))
    assert decisions(first) == decisions(again)
    assert decisions(first) != decisions(other)


def test_play_goes_on_after_an_outage_and_nothing_is_lost(serve: Serve) -> None:
    server = serve(weather=Weather(lost_after=0.05))
    wallet, port = server.wallet, server.server_port
    reports: list[SimulationReport] = []
    stop = Event()
    plan = quick_plan(server.url, rounds=None, patience=20)
    player = Thread(target=lambda: reports.append(run(plan, stop=stop)))
    player.start()
    for _ in range(2):
        time.sleep(0.4)
        server.stop()
        time.sleep(0.6)
        server = WalletServer(wallet, port=port)
    time.sleep(1.5)
    stop.set()
    player.join(timeout=30)
    server.stop()
    (report,) = reports
    assert any(outcome == "unreachable" for _, outcome in report.calls)
    assert report.violations == ()
    assert report.unsettled == ()
    assert report.passed


def test_an_outage_without_end_is_reported_as_doubt_and_fails(serve: Serve) -> None:
    server = serve()
    reports: list[SimulationReport] = []
    plan = SimulationPlan(url=server.url, rate=0, seconds=1.0, players=3, patience=0.5, timeout=1.0, wait=5.0)
    player = Thread(target=lambda: reports.append(run(plan)))
    player.start()
    time.sleep(0.4)
    server.stop()
    player.join(timeout=30)
    (report,) = reports
    assert report.exit_code == 1
    assert {one.wallet for one in report.comparisons} == {None}


def test_the_rate_is_kept_over_all_workers(serve: Serve) -> None:
    report = run(SimulationPlan(url=serve().url, rate=60, seconds=2.0, players=8))
    assert report.passed
    assert 60 <= report.answered <= 60 * 2 + 60


def test_no_server_is_one_clear_line() -> None:
    plan = SimulationPlan(url="http://127.0.0.1:9", wait=0.2)
    with pytest.raises(WalletUnreachableError, match=r"No wallet at http://127\.0\.0\.1:9"):
        run(plan)


def test_a_wrong_secret_is_one_clear_line(serve: Serve) -> None:
    plan = SimulationPlan(url=serve().url, secret="guess", rounds=1)
    with pytest.raises(SetupRefusedError, match="invalid_signature"):
        run(plan)


def test_while_a_game_is_stopped_the_others_are_played_and_all_once_it_is_resumed(serve: Serve) -> None:
    """Whoever pulls a kill switch in the demo does not end it."""
    server = serve()
    stopped = GAMES[0].code
    server.wallet.stopped.add(stopped)
    report = run(quick_plan(server.url, rounds=60))
    assert report.violations == ()
    assert report.rounds > 0
    assert stopped not in {one.game for one in report.games}
    server.wallet.stopped.clear()
    assert stopped in {one.game for one in run(quick_plan(server.url, rounds=60)).games}


def test_while_everything_is_stopped_the_provider_waits(serve: Serve) -> None:
    server = serve()
    server.wallet.stopped.update(game.code for game in GAMES)
    report = run(quick_plan(server.url, rounds=12))
    assert (report.rounds, report.violations, report.differences) == (0, (), ())


def test_a_server_without_a_sandbox_is_one_clear_line(serve: Serve) -> None:
    plan = SimulationPlan(url=serve(sandbox=False).url, rounds=1)
    with pytest.raises(SetupRefusedError, match="SANDBOX=1"):
        run(plan)
