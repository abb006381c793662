"""One run from start to report."""

import time
from collections.abc import Callable
from threading import Event

from casino.simulator import calls
from casino.simulator.pace import Pace
from casino.simulator.plan import SimulationPlan
from casino.simulator.progress import ProgressLine, Snapshot
from casino.simulator.report import SimulationReport, report_make
from casino.simulator.tally import tallies_merge
from casino.simulator.wire import Connection, WireError
from casino.simulator.worker import Worker

LOOK_EVERY = 0.1
RATE_OVER = 3.0


class WalletUnreachableError(Exception):
    """No wallet answered within the plan's ``wait``; the message says where it was looked for."""


def run(plan: SimulationPlan, *, stop: Event | None = None, progress: ProgressLine | None = None) -> SimulationReport:
    """Play the plan and compare the books; ``stop`` ends play early, and then the books are compared as well.

    Raises WalletUnreachableError and SetupRefusedError; contract violations and differences are in the report.
    """
    stop = stop or Event()
    wallet_await(plan, stop=stop, say=progress.say if progress else None)
    halted = Event()
    pace = Pace(rate=plan.rate, lifted=halted)
    count = min(plan.workers, plan.players)
    workers = [Worker(number=number, plan=plan, pace=pace, halted=halted) for number in range(count)]
    begun = time.monotonic()
    for worker in workers:
        worker.start()
    watch = Watch(plan, workers, progress)
    while any(worker.is_alive() for worker in workers):
        played = time.monotonic() - begun
        if stop.is_set() or (plan.seconds and played >= plan.seconds):
            halted.set()
        watch.look(played, winding_down=halted.is_set())
        halted.wait(LOOK_EVERY) if not halted.is_set() else time.sleep(LOOK_EVERY)
    for worker in workers:
        if worker.failure is not None:
            raise worker.failure
    return report_make(
        plan=plan,
        tally=tallies_merge([worker.tally for worker in workers]),
        seconds=time.monotonic() - begun,
        comparisons=[comparison for worker in workers for comparison in worker.comparisons],
        unsettled=[call for worker in workers for call in worker.unsettled],
    )


class Watch:
    """Looks at the workers and shows how they get on, with the call rate of the last seconds."""

    def __init__(self, plan: SimulationPlan, workers: list[Worker], progress: ProgressLine | None) -> None:
        self._plan = plan
        self._workers = workers
        self._progress = progress
        self._marks: list[tuple[float, int]] = [(0.0, 0)]

    def look(self, played: float, *, winding_down: bool) -> None:
        """Show one snapshot."""
        if self._progress is None:
            return
        tally = tallies_merge([worker.tally for worker in self._workers])
        self._marks.append((played, tally.answered))
        while len(self._marks) > 2 and played - self._marks[0][0] > RATE_OVER:
            self._marks.pop(0)
        then, answered = self._marks[0]
        rate = (tally.answered - answered) / (played - then) if played > then else 0.0
        phase = "settling" if winding_down or not any(worker.playing for worker in self._workers) else "playing"
        self._progress.show(Snapshot(phase, played, self._done(played, tally.rounds), rate, tally))

    def _done(self, played: float, rounds: int) -> float | None:
        shares = []
        if self._plan.seconds:
            shares.append(played / self._plan.seconds)
        if self._plan.rounds:
            shares.append(rounds / self._plan.rounds)
        return max(shares) if shares else None


def wallet_await(plan: SimulationPlan, *, stop: Event, say: Callable[[str], None] | None) -> None:
    """Wait until ``GET ping`` answers 200; raises WalletUnreachableError after ``plan.wait`` seconds."""
    line = Connection(endpoint=plan.endpoint, timeout=min(plan.timeout, 5.0))
    deadline = time.monotonic() + plan.wait
    call = calls.ping()
    while True:
        try:
            line.send(method=call.method, target=plan.endpoint.prefix + call.path, headers={}, body=b"")
            raw = line.receive()
            reason = f"answered its ping with HTTP {raw.status}"
            if raw.status == 200:
                return
        except WireError as error:
            reason = f"does not answer ({error})"
        finally:
            line.hang_up()
        if time.monotonic() >= deadline or stop.is_set():
            raise WalletUnreachableError(f"No wallet at {plan.url}: it {reason}. Start the server or pass its --url.")
        if say is not None:
            say(f"Waiting up to {plan.wait:g} s for the wallet at {plan.url} ...")
        stop.wait(0.5)
