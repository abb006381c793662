"""The load generator: one process, one epoll, raw sockets, requests built and signed before the clock starts.

Run as `python -m tests.bench.client`, with a Job as JSON on standard input; writes a Measurement as JSON.
It shares the machine with the server, so it does as little as it can for each request and says what it cost.
"""

from __future__ import annotations

import gc
import json
import select
import socket
import sys
import time
from array import array
from collections import Counter
from dataclasses import asdict, dataclass, field

from tests.bench.bets import Signer, signed_bets
from tests.bench.processes import cpu_seconds

RECEIVE_BYTES = 65536
STALLED_SECONDS = 20.0
SAMPLES = 4


@dataclass(frozen=True, slots=True)
class Job:
    """What to send, to whom, for how long. `watched`: names and process ids whose CPU seconds are wanted."""

    port: int
    path: str
    connections: int
    seconds: float
    warm_seconds: float
    requests: int
    players_file: str
    signer: Signer
    watched: dict[str, int]
    seed: int = 0


@dataclass(slots=True)
class Measurement:
    """What came of a Job in its measured window. Latencies in milliseconds, CPU in seconds."""

    connections: int
    seconds: float = 0.0
    answers: int = 0
    rate: float = 0.0
    p50: float = 0.0
    p95: float = 0.0
    p99: float = 0.0
    outcomes: dict[str, int] = field(default_factory=dict)
    samples: list[str] = field(default_factory=list)
    cpu: dict[str, float] = field(default_factory=dict)


class Line:
    """One keep-alive connection with at most one request under way."""

    __slots__ = ("answer", "sent_at", "socket")

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=STALLED_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sent_at = 0.0
        self.answer = b""


def whole_answer(received: bytes) -> bool:
    """Whether headers and body are all here: as long as announced, or closed by the last chunk."""
    head = received.find(b"\r\n\r\n")
    if head < 0:
        return False
    start = received.find(b"\ncontent-length:", 0, head)
    if start < 0:
        return received.endswith(b"\r\n0\r\n\r\n")
    return len(received) - head - 4 >= int(received[start + 16 : received.find(b"\r\n", start)])


def outcome_of(received: bytes) -> str:
    """`200`, or the status with the error code that the body tells."""
    status = received[9:12].decode("ascii", "replace")
    if status == "200":
        return status
    _, found, rest = received.partition(b'"code":"')
    code, _, _ = rest.partition(b'"')
    return f"{status} {code.decode('utf-8', 'replace')}" if found else status


class Load:
    """Keeps every connection busy until the time is over or the requests are used up."""

    def __init__(self, job: Job, requests: list[bytes]) -> None:
        self.job = job
        self.requests = requests
        self.next = 0
        self.epoll = select.epoll()
        self.lines: dict[int, Line] = {}
        self.latencies = array("d")
        self.outcomes: Counter[str] = Counter()
        self.samples: list[str] = []

    def connect(self) -> None:
        for _ in range(self.job.connections):
            line = Line(self.job.port)
            self.lines[line.socket.fileno()] = line
            self.epoll.register(line.socket.fileno(), select.EPOLLIN)

    def run(self) -> Measurement:
        self.connect()
        for line in self.lines.values():
            self.send(line)
        self.loop(time.perf_counter() + self.job.warm_seconds)
        self.latencies, self.outcomes = array("d"), Counter()
        watched = self.job.watched
        before = {name: cpu_seconds(pid) for name, pid in watched.items()}
        own, began = time.process_time(), time.perf_counter()
        self.loop(began + self.job.seconds)
        seconds, own = time.perf_counter() - began, time.process_time() - own
        cpu = {name: cpu_seconds(pid) - before[name] for name, pid in watched.items()}
        self.drain()
        return self.measured(seconds, cpu | {"client": own})

    def send(self, line: Line) -> None:
        request = self.requests[self.next]
        self.next += 1
        line.answer = b""
        line.sent_at = time.perf_counter()
        line.socket.send(request)

    def loop(self, until: float) -> None:
        last = len(self.requests)
        clock, poll, lines = time.perf_counter, self.epoll.poll, self.lines
        while clock() < until and self.next < last:
            events = poll(STALLED_SECONDS)
            if not events:
                raise TimeoutError(f"no answer for {STALLED_SECONDS:.0f} s")
            for number, _ in events:
                line = lines[number]
                if self.received(line) and self.next < last:
                    self.send(line)

    def received(self, line: Line) -> bool:
        """Take in what has come; True when the answer is whole, and counted."""
        part = line.socket.recv(RECEIVE_BYTES)
        if not part:
            raise ConnectionError(f"the server closed a connection after {len(self.latencies)} answers")
        line.answer += part
        if not whole_answer(line.answer):
            return False
        self.latencies.append(time.perf_counter() - line.sent_at)
        outcome = outcome_of(line.answer)
        self.outcomes[outcome] += 1
        if outcome != "200" and len(self.samples) < SAMPLES:
            self.samples.append(line.answer.decode("utf-8", "replace"))
        return True

    def drain(self) -> None:
        """Read the answers that are under way, so that the servers are at rest afterwards."""
        self.outcomes, kept = Counter(), self.outcomes
        count = len(self.latencies)
        for line in self.lines.values():
            line.socket.settimeout(STALLED_SECONDS)
            while not (line.answer and whole_answer(line.answer)) and not self.received(line):
                pass
            line.socket.close()
        self.outcomes, self.latencies = kept, self.latencies[:count]

    def measured(self, seconds: float, cpu: dict[str, float]) -> Measurement:
        ordered = sorted(self.latencies)
        at = {share: ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1e3 for share in (0.5, 0.95, 0.99)}
        return Measurement(
            connections=self.job.connections,
            seconds=seconds,
            answers=len(ordered),
            rate=len(ordered) / seconds,
            p50=at[0.5],
            p95=at[0.95],
            p99=at[0.99],
            outcomes=dict(self.outcomes),
            samples=self.samples,
            cpu=cpu,
        )


def job_read(text: str) -> Job:
    """The Job that the bench wrote."""
    said = json.loads(text)
    return Job(**{**said, "signer": Signer(**said["signer"])})


def main() -> None:
    job = job_read(sys.stdin.read())
    with open(job.players_file, encoding="utf-8") as file:
        players = [(player, session) for player, session in json.load(file)]
    requests = signed_bets(job.signer, job.path, players, job.requests, seed=job.seed)
    gc.collect()
    gc.disable()
    json.dump(asdict(Load(job, requests).run()), sys.stdout)


if __name__ == "__main__":
    main()
