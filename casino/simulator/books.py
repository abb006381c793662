"""The provider's own books of one player: what the balance must be, from determinate outcomes alone."""

from collections import OrderedDict
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from casino.simulator.answers import Answer
from casino.simulator.calls import Call, CallKind
from casino.simulator.currencies import EXACT, ZERO, Currency

REMEMBERED = 400


class LineState(StrEnum):
    """What became of a transaction, in the contract's words."""

    BOOKED = "booked"
    REVERSED = "reversed"
    REFUSED = "refused"
    TOMBSTONE = "tombstone"


@dataclass(slots=True)
class Line:
    """One transaction. ``effect`` is what it added to the balance; ``body`` the first determinate answer, once seen."""

    state: LineState
    effect: Decimal = ZERO
    status: int = 0
    body: bytes | None = None


class Book:
    """Expected balance and recent transactions of one player, in the wallet's currency."""

    def __init__(self, *, player_id: str, currency: Currency, opening: Decimal) -> None:
        self.player_id = player_id
        self.currency = currency
        self.expected = opening
        self.drift = ZERO  # What the wallet told too much last: a difference is reported where it appears, once.
        self._lines: OrderedDict[str, Line] = OrderedDict()

    def line(self, transaction_id: str) -> Line | None:
        """What is remembered of a transaction."""
        return self._lines.get(transaction_id)

    def record(self, call: Call, answer: Answer, *, in_doubt: bool) -> list[str]:
        """Take a determinate answer into the books and return what is wrong with it.

        ``in_doubt`` tells that an earlier attempt may have been carried out, so that a replay is no surprise.
        """
        if call.transaction_id is None or answer.retry or answer.outcome == "idempotency_conflict":
            return self._balance_complaints(answer)
        line = self._lines.get(call.transaction_id)
        if line is not None and line.body is not None:
            return self._repeat_complaints(line, answer)
        complaints = []
        if answer.replayed and not in_doubt and line is None:
            complaints.append("a first call was answered as a replay")
        if line is None:
            complaints += self._first(call, answer)
            complaints += self._balance_complaints(answer)
        else:
            complaints += self._late(line, answer)
        return complaints

    def forget(self) -> None:
        """Drop the transactions of a player who has left; the expected balance stays."""
        self._lines.clear()

    def _first(self, call: Call, answer: Answer) -> list[str]:
        line = Line(LineState.REFUSED, status=answer.status, body=answer.body)
        complaints: list[str] = []
        if answer.outcome == "transaction_rolled_back":
            line = Line(LineState.TOMBSTONE)  # The id belongs to the tombstone: each late attempt is refused anew.
        elif answer.ok:
            line.state = LineState.BOOKED
            line.effect = call.effect
            self.expected = EXACT.add(self.expected, call.effect)
            if call.kind is CallKind.ROLLBACK:
                complaints = self._rolled_back(call, answer)
        self._remember(call.transaction_id or "", line)
        return complaints

    def _late(self, line: Line, answer: Answer) -> list[str]:
        # The answer to a transaction whose rollback was settled before it: it must not move money any more.
        if line.state is LineState.TOMBSTONE:
            return ["booked although it was rolled back before"] if answer.ok else self._balance_complaints(answer)
        if answer.ok:
            line.status, line.body = answer.status, answer.body
            return [] if answer.replayed else ["not answered as a replay although it was booked and reversed"]
        return []

    def _rolled_back(self, call: Call, answer: Answer) -> list[str]:
        original_id = call.original_id or ""
        original = self._lines.get(original_id)
        said = answer.text("original")
        if said == "reversed":
            if original is None:
                self._remember(original_id, Line(LineState.REVERSED))
                return []
            if original.state is LineState.BOOKED:
                self.expected = EXACT.subtract(self.expected, original.effect)
                original.state = LineState.REVERSED
                return []
        elif said == "already_reversed" and original is not None and original.state is LineState.REVERSED:
            return []
        elif said == "not_found":
            if original is None:
                self._remember(original_id, Line(LineState.TOMBSTONE))
                return []
            if original.state in (LineState.REFUSED, LineState.TOMBSTONE):
                return []
        known = original.state if original is not None else "unknown"
        return [f"rollback answered {said!r}, but the original is {known}"]

    def _repeat_complaints(self, line: Line, answer: Answer) -> list[str]:
        complaints = []
        if (answer.status, answer.body) != (line.status, line.body):
            complaints.append(f"repeat answered {answer.status} {answer.body!r}, first {line.status} {line.body!r}")
        if not answer.replayed:
            complaints.append("repeat answered without Idempotent-Replay: true")
        return complaints

    def _balance_complaints(self, answer: Answer) -> list[str]:
        balance = answer.balance
        if balance is None:
            return []
        complaints = []
        if balance.currency != self.currency.code:
            complaints.append(f"balance in {balance.currency!r}, the wallet is in {self.currency.code}")
        drift = EXACT.subtract(balance.total, self.expected)
        if drift != self.drift:
            complaints.append(f"balance {balance.total}, expected {self.expected} {self.currency.code}")
            self.drift = drift
        return complaints

    def _remember(self, transaction_id: str, line: Line) -> None:
        self._lines[transaction_id] = line
        if len(self._lines) > REMEMBERED:
            self._lines.popitem(last=False)
