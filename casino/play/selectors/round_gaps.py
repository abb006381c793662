"""What is strange about a round's calls, in words: lost answers, calls out of order, silence. Pure.

The sentences are for people who talk to a player or a provider; they claim nothing that the rows do not show.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final, Protocol
from uuid import UUID

from casino.play.enums import LegKind

QUIET: Final = timedelta(minutes=5)


class SeenCall(Protocol):
    """What is read of a logged call."""

    id: UUID
    received_at: datetime
    call: str
    outcome: str
    error_class: str
    replayed: bool
    provider_transaction_id: str
    original_transaction_id: str

    @property
    def answer(self) -> bytes | memoryview: ...


class SeenLeg(Protocol):
    """What is read of a booking."""

    id: UUID
    kind: str
    provider_transaction_id: str
    booked_at: datetime
    real: Decimal
    bonus: Decimal


def call_notes(
    calls: Sequence[SeenCall], legs: Sequence[SeenLeg], tombstones: Collection[str]
) -> dict[UUID, list[str]]:
    """Sentences about single calls, by the call's id. `tombstones` are ids that were rolled back before they came."""
    notes: dict[UUID, list[str]] = defaultdict(list)
    by_name: dict[str, list[SeenCall]] = defaultdict(list)
    for call in calls:
        if call.provider_transaction_id:
            by_name[call.provider_transaction_id].append(call)
    for same in by_name.values():
        for earlier, later in itertools.pairwise(same):
            if note := _repeated(earlier, later):
                notes[later.id].append(note)
    booked = {leg.provider_transaction_id: leg for leg in legs}
    firsts = [leg.booked_at for leg in legs if leg.kind == LegKind.BET]
    for call in calls:
        notes[call.id] += _alone(call, booked, tombstones, min(firsts, default=None))
    return {key: words for key, words in notes.items() if words}


def _repeated(earlier: SeenCall, later: SeenCall) -> str:
    apart = time_apart(later.received_at - earlier.received_at)
    if later.outcome == "idempotency_conflict":
        return f"The same id as {apart} before, with other content: refused, nothing was booked again."
    if earlier.error_class == "retry":
        return f"Repeated {apart} later, as it was asked to ({earlier.outcome})."
    if not later.replayed:
        return f"Repeated {apart} later."
    if bytes(earlier.answer) == bytes(later.answer):
        return f"Answer lost: the provider asked again {apart} later and got the same bytes."
    return f"The provider asked again {apart} later and got the bytes on record."


def _alone(
    call: SeenCall, booked: dict[str, SeenLeg], tombstones: Collection[str], first_bet: datetime | None
) -> list[str]:
    words: list[str] = []
    pays = call.call in ("win", "jackpot")
    early = first_bet is not None and first_bet > call.received_at
    if pays and call.outcome == "bet_not_found":
        told = "asked to come again" if call.error_class == "retry" else "refused"
        words.append(f"{call.call.capitalize()} came before its bet and was {told}.")
        if first_bet is not None and early:
            words.append(f"The bet was booked {time_apart(first_bet - call.received_at)} later.")
    elif pays and call.outcome == "ok" and early:
        words.append("Win came before bet.")
    if call.call == "rollback" and call.outcome == "ok" and call.original_transaction_id not in booked:
        words.append("Rollback of unknown: no call with the original's id was booked, so nothing moved.")
        if call.original_transaction_id in tombstones:
            words.append("The original is remembered as rolled back: when it comes, it is refused.")
    if call.outcome == "transaction_rolled_back" and not call.replayed:
        words.append("It came after its own rollback: refused, no money moved.")
    accepted = call.outcome == "ok" and call.call in ("bet", "win", "jackpot")
    if accepted and not call.replayed and call.provider_transaction_id not in booked:
        words.append("Answered as done, but no booking of this id stands in the round: run verify_ledger.")
    return words


def leg_notes(calls: Sequence[SeenCall], legs: Sequence[SeenLeg]) -> dict[UUID, list[str]]:
    """Sentences about single bookings, by the booking's id."""
    notes: dict[UUID, list[str]] = {}
    logged = {call.provider_transaction_id for call in calls}
    for leg in legs:
        words: list[str] = []
        if leg.kind == LegKind.ROLLBACK and not leg.real + leg.bonus:
            words.append("It moved nothing: its original was taken back before, or had moved nothing itself.")
        if leg.provider_transaction_id not in logged:
            words.append("The call log has no call of this booking: purged by age, or still on its way.")
        if words:
            notes[leg.id] = words
    return notes


def silences(moments: Iterable[datetime]) -> list[tuple[datetime, timedelta]]:
    """(end, length) of every pause of at least `QUIET` between moments in time order."""
    pauses = ((later, later - earlier) for earlier, later in itertools.pairwise(moments))
    return [(end, length) for end, length in pauses if length >= QUIET]


def time_apart(length: timedelta) -> str:
    """A short span in words: "40 ms", "1.2 s", "3 min 10 s", "2 h 5 min"."""
    seconds = abs(length.total_seconds())
    if seconds < 0.9995:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(int(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min"
