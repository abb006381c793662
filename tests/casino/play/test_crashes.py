"""kill -9 of the server, of the database, and of a process in the middle of a bet: nothing lost, nothing doubled."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection

from casino.simulator import ChaosLevel, SimulationPlan, SimulationReport, run
from common.services.postgres import OWNER, WEB, PostgresServer
from common.services.processes import wait_until
from tests.casino.play.table import said, table_make
from tests.servers import CHECKOUT, GranianServer, with_database
from tests.wallet.verification.quiet import everything_verified
from wallet.models import Account, RecordedAnswer

LOAD_SECONDS = 7.0
SEED = (("load_fx_rates", "--sample", "--as-of", "today"), ("seed_demo",))


def plan(url: str, *, seed: int) -> SimulationPlan:
    """Six players of a provider that retries, duplicates, hangs up and rolls back, as fast as it goes."""
    return SimulationPlan(
        url=url, rate=0, seconds=LOAD_SECONDS, players=6, workers=4, seed=seed, chaos=ChaosLevel.HIGH, timeout=5.0,
        patience=60.0,
    )  # fmt: skip


def play_through(url: str, *, seed: int, crashes: list[Callable[[], None]]) -> SimulationReport:
    """Play under load while the crashes happen, evenly spread; the report comes when all that is open was settled."""
    reports: list[SimulationReport] = []
    player = threading.Thread(target=lambda: reports.append(run(plan(url, seed=seed))))
    player.start()
    for crash in crashes:
        time.sleep(LOAD_SECONDS / (len(crashes) + 1))
        crash()
    player.join(timeout=120)
    (report,) = reports
    return report


def assert_agreed(report: SimulationReport) -> None:
    """The provider's books and the wallet's are the same, and no answer broke the contract."""
    assert report.violations == ()
    assert report.differences == ()
    assert report.unsettled == ()
    assert report.bets_accepted > 20
    felt = {"no answer", "unreachable", "temporarily_unavailable"}
    assert felt & {outcome for _call, outcome in report.calls}, "no crash was felt"


def manage(*arguments: str, environment: Mapping[str, str]) -> str:
    """Run a manage.py command that must succeed, and return what it said."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=CHECKOUT, env=os.environ | environment, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_web_server_killed_under_load_loses_and_doubles_nothing(
    transactional_db: None, granian_factory: Callable[..., GranianServer]
) -> None:
    for command in SEED:
        call_command(*command, verbosity=0)
    database = with_database(os.environ["DATABASE_URL"], connection.settings_dict["NAME"])
    server = granian_factory(database_url=database, workers=2)

    def crash() -> None:
        server.kill()
        server.start()

    assert_agreed(play_through(server.url, seed=1, crashes=[crash, crash]))
    everything_verified()


@pytest.mark.parametrize("how", ["kill -9", "immediate"])
def test_postgresql_stopped_dead_under_load_loses_and_doubles_nothing(
    how: str, migrated_postgres: PostgresServer, granian_factory: Callable[..., GranianServer]
) -> None:
    postgres = migrated_postgres
    environment = {"DATABASE_URL": postgres.url(WEB), "DATABASE_OWNER_URL": postgres.url(OWNER)}
    for command in SEED:
        manage(*command, environment=environment)
    server = granian_factory(workers=1, database_url=postgres.url(WEB), DATABASE_OWNER_URL=postgres.url(OWNER))

    def crash() -> None:
        if how == "kill -9":
            postgres.kill()
        else:
            assert postgres.child is not None
            postgres.child.send_signal(signal.SIGQUIT)
            postgres.child.wait()
        postgres.start()

    assert_agreed(play_through(server.url, seed=2, crashes=[crash, crash]))
    assert "BROKEN" not in manage("verify_ledger", environment=environment)


@pytest.mark.parametrize(("when", "booked"), [("before", False), ("written", True), ("after", True)])
def test_a_process_killed_in_the_middle_of_a_bet_leaves_all_of_it_or_nothing(
    when: str, booked: bool, transactional_db: None
) -> None:
    table = table_make("100")
    arguments = [
        when, str(table.caller.provider_id), table.caller.code, table.player.public_id, table.session, table.game.code,
        "cut-off",
    ]  # fmt: skip
    environment = os.environ | {
        "DATABASE_URL": with_database(os.environ["DATABASE_URL"], connection.settings_dict["NAME"])
    }
    command = [sys.executable, "-m", "tests.casino.play.cut_off", *arguments]
    done = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, check=False)
    assert done.returncode == -9, done.stderr.decode()
    recorded = RecordedAnswer.objects.filter(provider_transaction_id="cut-off")
    if booked:
        assert wait_until(recorded.exists, seconds=10)
    body = bytes(recorded.get().body) if booked else b""

    repeat = table.bet("10", call_id="cut-off")

    assert repeat.replayed is booked
    assert said(repeat)["request_id"] == ("dying" if booked else "test")
    assert not booked or repeat.body == body
    assert table.balance() == Decimal(90)
    assert Account.objects.get(player=table.player, kind="player_real").version == 2
    everything_verified()
