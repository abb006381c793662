"""``manage.py simulate``: the simulated provider on a screen."""

import os
import signal
import sys
from argparse import ArgumentParser
from threading import Event
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from casino.simulator import ChaosLevel, PlanError, SetupRefusedError, SimulationPlan, WalletUnreachableError, run
from casino.simulator.progress import ProgressLine
from casino.simulator.summary import summary_text

CANNOT_START = 2


class Command(BaseCommand):
    """Play as a game provider against a running wallet, and compare the books at the end."""

    help = "Play as a game provider over HTTP against a running wallet, and compare the books at the end."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """State the plan's arguments with its defaults."""
        plan = SimulationPlan()
        parser.add_argument("--url", default=plan.url, help="where the wallet listens")
        parser.add_argument("--provider", default=plan.provider, help="the provider's code")
        parser.add_argument("--key-id", default=plan.key_id, help="which of the provider's keys signs")
        secret = os.environ.get("SIMULATE_SECRET", plan.secret)
        parser.add_argument("--secret", default=secret, help="the key's secret; better given as SIMULATE_SECRET")
        parser.add_argument("--players", type=int, default=plan.players, help="players at the tables")
        parser.add_argument("--rate", type=float, default=plan.rate, help="calls per second, 0 for no limit")
        parser.add_argument("--seconds", type=float, help="how long to play, 0 until Ctrl-C (60, unless --rounds)")
        parser.add_argument("--rounds", type=int, help="how many rounds to play in all")
        parser.add_argument("--seed", type=int, default=plan.seed, help="same seed, same decisions")
        parser.add_argument("--chaos", choices=[level.value for level in ChaosLevel], default="none")
        parser.add_argument("--workers", type=int, default=plan.workers, help="threads, each with its connections")
        parser.add_argument("--timeout", type=float, default=plan.timeout, help="seconds to wait for an answer")
        parser.add_argument("--patience", type=float, default=plan.patience, help="seconds to repeat one call")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the plan; exit code 1 for differences or violations, 2 when it could not start."""
        try:
            plan = plan_read(options)
        except PlanError as error:
            raise CommandError(str(error), returncode=CANNOT_START) from error
        progress = ProgressLine(sys.stderr)
        stop = Event()
        stop_on_signals(stop)
        try:
            report = run(plan, stop=stop, progress=progress)
        except (SetupRefusedError, WalletUnreachableError) as error:
            progress.clear()
            raise CommandError(str(error), returncode=CANNOT_START) from error
        progress.clear()
        self.stdout.write(summary_text(report))
        if report.exit_code:
            sys.exit(report.exit_code)


def plan_read(options: dict[str, Any]) -> SimulationPlan:
    """Make the plan that the arguments state; raises PlanError."""
    seconds = options["seconds"]
    if seconds is None:
        seconds = 0.0 if options["rounds"] is not None else 60.0
    names = [
        "url",
        "provider",
        "key_id",
        "secret",
        "players",
        "rate",
        "rounds",
        "seed",
        "workers",
        "timeout",
        "patience",
    ]
    given = {name: options[name] for name in names}
    return SimulationPlan(seconds=seconds, chaos=ChaosLevel(options["chaos"]), **given)


def stop_on_signals(stop: Event) -> None:
    """Let the first Ctrl-C or SIGTERM end play and compare the books; a second one ends the process."""

    def end_play(number: int, _frame: FrameType | None) -> None:
        stop.set()
        signal.signal(number, signal.SIG_DFL)

    signal.signal(signal.SIGINT, end_play)
    signal.signal(signal.SIGTERM, end_play)
