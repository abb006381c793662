"""The provider's client: sends calls over its own connections and repeats them until the answer is determinate."""

import time
from random import Random

from casino.simulator.answers import NO_SEAT, Answer, UnreadableAnswerError, answer_read
from casino.simulator.calls import Call, CallKind
from casino.simulator.pace import Pace, pause_seconds
from casino.simulator.plan import SimulationPlan
from casino.simulator.signing import signed_headers
from casino.simulator.tally import Tally, Violation
from casino.simulator.wire import ConnectError, Connection, RawAnswer, WireError

PARALLEL = 3
GATEWAY = (502, 504)
UNAVAILABLE = "temporarily_unavailable"


class OutOfPatienceError(Exception):
    """A call got no determinate answer within the plan's patience; it stays in doubt."""


class SetupRefusedError(Exception):
    """The wallet refuses to be played with at all; the message says what to change."""


class Client:
    """One worker's connections; not shared between threads."""

    def __init__(self, *, plan: SimulationPlan, pace: Pace, tally: Tally, dice: Random) -> None:
        self.tally = tally
        self._plan = plan
        self._pace = pace
        self._dice = dice
        self._credentials = plan.credentials
        self._prefix = plan.endpoint.prefix
        self._lines = [Connection(endpoint=plan.endpoint, timeout=plan.timeout) for _ in range(PARALLEL)]

    def settle(self, call: Call, *, handled: frozenset[str] = frozenset()) -> tuple[Answer, bool]:
        """Send until the answer is determinate, or one of the ``handled`` codes of class retry.

        Returns the answer, and whether an earlier attempt may have been carried out. Raises OutOfPatienceError.
        """
        deadline = time.monotonic() + self._plan.patience
        attempt, doubted = 0, False
        try:
            while True:
                answer, sent = self._attempt(call)
                if answer is not None and (not answer.retry or answer.outcome in handled):
                    return answer, doubted
                # 503 `temporarily_unavailable` may have lost its database in the middle of COMMIT: booked or not.
                doubted = doubted or (sent and (answer is None or answer.outcome == UNAVAILABLE))
                attempt += 1
                self.tally.in_doubt += attempt == 1
                self._pause(attempt, answer, deadline, call)
                self.tally.retries += 1
        finally:
            self.tally.in_doubt -= attempt > 0

    def together(self, calls: list[Call]) -> list[Answer | None]:
        """Send up to three calls on as many connections before reading any answer; None where none came."""
        sent: list[bool] = []
        for _ in calls:
            self._pace.step()  # All slots first, so that a slow pace does not put the calls one after another.
        for call, line in zip(calls, self._lines, strict=False):
            try:
                self._send(call, line)
                sent.append(True)
            except WireError:
                sent.append(False)
        answers: list[Answer | None] = []
        for call, line, was_sent in zip(calls, self._lines, sent, strict=False):
            answers.append(self._receive(call, line) if was_sent else None)
        return answers

    def hang_up(self, call: Call) -> None:
        """Send and close the connection before the answer: the provider's time-out."""
        self._pace.step()
        line = self._lines[0]
        try:
            self._send(call, line)
        except WireError:
            return
        line.hang_up()
        self.tally.hang_ups += 1

    def violated(self, call: Call, detail: str, player_id: str = "") -> None:
        """Note a breach of the contract."""
        self.tally.violated(Violation(player_id, call.kind, call.transaction_id or "", detail))

    def close(self) -> None:
        """Close all connections."""
        for line in self._lines:
            line.hang_up()

    def _attempt(self, call: Call) -> tuple[Answer | None, bool]:
        self._pace.step()
        line = self._lines[0]
        try:
            self._send(call, line)
        except ConnectError:
            self.tally.calls[(call.kind, "unreachable")] += 1
            return None, False
        except WireError:
            self.tally.calls[(call.kind, "no answer")] += 1
            return None, True
        return self._receive(call, line), True

    def _send(self, call: Call, line: Connection) -> None:
        target = self._prefix + call.path
        headers = signed_headers(
            credentials=self._credentials,
            timestamp=int(time.time()),
            method=call.method,
            target=target,
            body=call.body,
        )
        if call.request_id:
            headers["X-Request-Id"] = call.request_id
        line.send(method=call.method, target=target, headers=headers, body=call.body)

    def _receive(self, call: Call, line: Connection) -> Answer | None:
        try:
            raw = line.receive()
        except WireError:
            self.tally.calls[(call.kind, "no answer")] += 1
            return None
        try:
            answer = answer_read(raw, call)
        except UnreadableAnswerError as bad:
            self._unreadable(call, raw, str(bad))
            return None
        self.tally.answer(call.kind, answer.outcome, raw.seconds)
        if answer.status in (401, 403) or (call.kind is CallKind.REGISTER and answer.status < 500 and not answer.ok):
            self._refused(call, answer)
        return answer

    def _unreadable(self, call: Call, raw: RawAnswer, reason: str) -> None:
        self.tally.answer(call.kind, f"HTTP {raw.status}, unreadable", raw.seconds)
        if call.kind is CallKind.REGISTER and raw.status == 404:
            raise SetupRefusedError(f"{self._plan.url} has no sandbox: start that server with SANDBOX=1")
        if raw.status not in GATEWAY:
            self.violated(call, reason)

    def _refused(self, call: Call, answer: Answer) -> None:
        if call.kind is not CallKind.REGISTER:
            self.violated(call, f"refused with {answer.outcome} in the middle of play")
        elif not answer.retry and answer.outcome not in NO_SEAT:
            raise SetupRefusedError(
                f"{self._plan.url} refuses provider {self._plan.provider!r} with key {self._plan.key_id!r}: "
                f"{answer.outcome} ({answer.status}); check --provider, --key-id, --secret and the sandbox data"
            )

    def _pause(self, attempt: int, answer: Answer | None, deadline: float, call: Call) -> None:
        asked = answer.retry_after if answer is not None else None
        pause = pause_seconds(attempt=attempt, retry_after=asked, dice=self._dice)
        if time.monotonic() + pause > deadline:
            raise OutOfPatienceError(f"{call.kind} {call.transaction_id or ''} after {attempt} attempts")
        time.sleep(pause)
