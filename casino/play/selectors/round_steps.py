"""A round told in the order of time: the one time line behind the screen and the evidence pack. Pure.

A step is plain words and plain values; the screen colours and links them, the pack writes them down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final
from uuid import UUID

from casino.calls.models import ProviderCall
from casino.play.enums import LegKind, SessionEnd, SessionMode
from casino.play.models import Leg
from casino.play.selectors.investigation import Investigation
from casino.play.selectors.round_gaps import call_notes, leg_notes, silences, time_apart
from casino.play.selectors.rounds import LegStory
from wallet.enums import AnswerOutcome
from wallet.selectors.proof import Booked

if TYPE_CHECKING:
    from wallet.models import RecordedAnswer

_PLAYABLE: Final = ("player_real", "player_bonus")
# At one instant the call stands before what it booked, and the silence before both.
_FIRST, _SECOND, _THIRD = 0, 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One point of the time line. `grade` is success, info, warning, danger or empty, as labels have them.

    `amount` is signed as the player sees it; `before` and `after` are his money on the accounts that were touched.
    """

    at: datetime
    rank: int
    title: str
    grade: str = ""
    words: str = ""
    notes: Sequence[str] = ()
    leg: Leg | None = None
    booked: Booked | None = None
    answer: RecordedAnswer | None = None
    answer_seal: int | None = None
    call: ProviderCall | None = None
    amount: Decimal | None = None
    before: Decimal | None = None
    after: Decimal | None = None

    @property
    def is_booking(self) -> bool:
        """Whether this step is a row of the books, not a call or a session's event."""
        return self.leg is not None


def round_steps(found: Investigation) -> list[Step]:
    """Launch, calls, bookings, refusals and silences of a round, oldest first."""
    legs = [story.leg for story in found.stories]
    tombstones = {name for name, answer in found.answers.items() if answer.outcome == AnswerOutcome.TOMBSTONE}
    said, noted = call_notes(found.calls, legs, tombstones), leg_notes(found.calls, legs)
    steps = [*_session(found), *(_called(call, said.get(call.id, ())) for call in found.calls)]
    steps += [_booking(story, found, noted.get(story.leg.pk, ())) for story in found.stories]
    steps += _unlogged_refusals(found)
    steps.sort(key=lambda step: (step.at, step.rank))
    quiet = [_silence(end, length) for end, length in silences(step.at for step in steps)]
    return sorted(steps + quiet, key=lambda step: (step.at, step.rank))


def _silence(end: datetime, length: timedelta) -> Step:
    return Step(at=end, rank=-1, title="Silence", words=f"Nothing for {time_apart(length)} before the next step.")


def _session(found: Investigation) -> list[Step]:
    session = found.session
    if session is None:
        return []
    mode = SessionMode(session.mode).label.lower()
    steps = [Step(at=session.launched_at, rank=_FIRST, title="Game launched", grade="primary", words=f"For {mode}.")]
    if found.exchange is not None:
        steps.append(_called(found.exchange, ("The launch token was exchanged for the session.",)))
    elif session.authenticated_at is not None:
        words = "The launch token was exchanged for the session."
        steps.append(Step(at=session.authenticated_at, rank=_FIRST, title="Session opened", words=words))
    if session.ended_at is not None:
        words = SessionEnd(session.end_reason).label
        steps.append(Step(at=session.ended_at, rank=_THIRD, title="Session ended", words=f"{words}."))
    return steps


def _called(call: ProviderCall, notes: Sequence[str]) -> Step:
    good = call.status < 400
    words = f"HTTP {call.status} · {call.outcome}" + (" · answered from the record" if call.replayed else "")
    grade = "" if good else ("warning" if call.error_class == "retry" else "danger")
    return Step(
        at=call.received_at, rank=_FIRST, title=f"Call: {call.call or call.path}", grade=grade, words=words,
        notes=notes, call=call,
    )  # fmt: skip


def _booking(story: LegStory, found: Investigation, notes: Sequence[str]) -> Step:
    leg = story.leg
    kind = LegKind(leg.kind)
    booked = found.bookings.get(leg.pk)
    before, after = _balances(booked)
    state = "Reversed later" if leg.reversed_by_id else "Booked"
    if kind is LegKind.WIN and not leg.real + leg.bonus:
        state = "Loss: nothing was won"
    return Step(
        at=leg.booked_at, rank=_SECOND, title=kind.label, grade=_GRADES[kind], words=state, notes=notes, leg=leg,
        booked=booked, answer=story.answer, answer_seal=found.answer_seals.get(leg.provider_transaction_id),
        amount=_signed(leg), before=before, after=after,
    )  # fmt: skip


_GRADES: Final = {
    LegKind.BET: "info",
    LegKind.WIN: "success",
    LegKind.JACKPOT: "success",
    LegKind.ROLLBACK: "warning",
}


def _signed(leg: Leg) -> Decimal:
    amount = leg.real + leg.bonus
    takes = leg.kind == LegKind.BET
    if leg.kind == LegKind.ROLLBACK and leg.related is not None:
        takes = leg.related.kind != LegKind.BET
    return -amount if takes and amount else amount


def _balances(booked: Booked | None) -> tuple[Decimal | None, Decimal | None]:
    """What the player had on the touched accounts before the first and after the last line of each."""
    if booked is None:
        return None, None
    first: dict[int, Decimal] = {}
    last: dict[int, Decimal] = {}
    for entry in booked.entries:
        if entry.account.kind in _PLAYABLE and entry.balance_after is not None:
            first.setdefault(entry.account_id, entry.balance_after - entry.amount)
            last[entry.account_id] = entry.balance_after
    if not first:
        return None, None
    return sum(first.values(), Decimal(0)), sum(last.values(), Decimal(0))


def _unlogged_refusals(found: Investigation) -> list[Step]:
    """Refusals and tombstones on record whose calls the log has no more, or not yet."""
    logged = {call.provider_transaction_id for call in found.calls}
    legs: set[UUID | None] = {story.leg.pk for story in found.stories}
    return [
        Step(
            at=answer.recorded_at, rank=_FIRST, title="Refusal on record", grade="danger",
            words=f"{answer.get_outcome_display()} · HTTP {answer.status}", answer=answer,
            answer_seal=found.answer_seals.get(name), notes=("The call log has no call of it.",),
        )
        for name, answer in found.answers.items()
        if answer.outcome != AnswerOutcome.BOOKED and answer.transaction_id not in legs and name not in logged
    ]  # fmt: skip
