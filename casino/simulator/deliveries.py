"""How a money call reaches the wallet: once and politely, or the ways of providers in production.

Each delivery ends with the determinate answer to the call, checked and booked.
"""

import json
from collections.abc import Callable
from decimal import Decimal

from casino.simulator import calls
from casino.simulator.answers import Answer
from casino.simulator.books import Book, LineState
from casino.simulator.calls import Call, CallKind
from casino.simulator.currencies import EXACT, ZERO
from casino.simulator.player import OK, Player

Delivery = Callable[[Player, Call, frozenset[str]], Answer]

CONFLICT = frozenset({"idempotency_conflict"})


def once(player: Player, call: Call, expect: frozenset[str]) -> Answer:
    """Send, and repeat only when no determinate answer comes."""
    return player.ask(call, expect=expect)


def twice(player: Player, call: Call, expect: frozenset[str]) -> Answer:
    """Send a duplicate after the answer; the answer must be the same, byte for byte."""
    answer = player.ask(call, expect=expect)
    repeat(player, call, answer.outcome)
    return answer


def repeat(player: Player, call: Call, outcome: str) -> None:
    """Send a call again whose answer is known."""
    player.ask(call.again(), expect=frozenset({outcome}), in_doubt=True)


def parallel(player: Player, call: Call, expect: frozenset[str]) -> Answer:
    """Send three duplicates at the same time; one may be booked, and all answers are the same."""
    player.owe(call)
    copies = [call, call.again("b"), call.again("c")]
    answers = player.client.together(copies)
    pairs = [(copy, answer) for copy, answer in zip(copies, answers, strict=True) if answer and not answer.retry]
    pairs.sort(key=lambda pair: pair[1].replayed)
    for copy, answer in pairs:
        player.hear(copy, answer, expect=expect, in_doubt=True)
    if not pairs:
        return player.ask(call, expect=expect, in_doubt=True)
    player.acquit(call)
    return pairs[0][1]


def hung_up(player: Player, call: Call, expect: frozenset[str]) -> Answer:
    """Send, hang up before the answer, and repeat at once: both attempts may be at work together."""
    player.owe(call)
    player.client.hang_up(call)
    return player.ask(call, expect=expect, in_doubt=True)


def inquired(player: Player, call: Call, expect: frozenset[str]) -> Answer:
    """Send, then ask for the state of the transaction as a provider in doubt does."""
    answer = player.ask(call, expect=expect)
    inquire(player, call)
    return answer


def inquire(player: Player, call: Call) -> None:
    """Compare ``GET transactions/{id}`` with the books."""
    line = player.book.line(call.transaction_id or "")
    if line is None:
        return
    asked = calls.transaction(transaction_id=call.transaction_id or "")
    told = player.ask(asked)
    if not told.ok:
        return
    for complaint in state_complaints(player.book, call, told):
        player.client.violated(asked, complaint, player.book.player_id)


def state_complaints(book: Book, call: Call, told: Answer) -> list[str]:
    """What is wrong with the told state of a transaction that is in the books."""
    line = book.line(call.transaction_id or "")
    if line is None:
        return []
    complaints = []
    allowed = {line.state.value}
    if line.state is LineState.TOMBSTONE:
        allowed.add(LineState.REFUSED.value)
    if told.text("state") not in allowed:
        complaints.append(f"state {told.text('state')!r} of {call.transaction_id}, the books say {line.state}")
    moved = line.effect if call.kind is not CallKind.ROLLBACK else ZERO
    if moved and Decimal(told.text("amount") or 0) != abs(moved):
        complaints.append(f"amount {told.text('amount')!r} of {call.transaction_id}, booked {EXACT.abs(moved)}")
    if told.text("type") != call.kind.value and line.state is not LineState.TOMBSTONE:
        complaints.append(f"type {told.text('type')!r} of {call.transaction_id}, sent as {call.kind}")
    if line.body is not None and told.payload.get("response") != json.loads(line.body):
        complaints.append(f"response {told.payload.get('response')!r}, first answered {line.body!r}")
    return complaints


def contradicted(player: Player, call: Call, expect: frozenset[str]) -> Answer:
    """Send, then send the same id with another amount, which must be refused without moving money."""
    answer = player.ask(call, expect=expect)
    if answer.ok:
        player.ask(call.with_other_amount(), expect=CONFLICT)
    return answer


def remembered(player: Player, call: Call, expect: frozenset[str]) -> Answer:
    """Send, then repeat some call of long ago."""
    answer = player.ask(call, expect=expect)
    # One draw whatever there is to choose from: how many calls are remembered may depend on the timing of a race.
    place = player.rng.random()
    old = player.past[int(place * len(player.past))] if player.past else None
    line = player.book.line(old.transaction_id or "") if old is not None else None
    if old is not None and line is not None and line.body is not None:
        player.ask(old.again(), expect=OK | PAST_OUTCOMES, in_doubt=True)
    return answer


PAST_OUTCOMES = frozenset(
    {
        "insufficient_funds",
        "session_expired",
        "stake_limit_exceeded",
        "round_closed",
        "original_settled",
        "transaction_rolled_back",
    }
)
