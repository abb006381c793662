"""What would put a break right. Pure: the rules by which a correction is planned, or is not.

Nothing here takes money from a player that he was not told of at the time: a stake that we never booked stays unbooked,
a win that was too high stays paid, until people agree with the provider.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from casino.reconciliation.enums import BreakKind, LineKind, Way

K = BreakKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A break as it stands: the sort of our leg and of their line, what each has, and whether ours is undone by now."""

    kind: str
    line_kind: str
    leg_kind: str
    theirs: Decimal
    ours: Decimal
    undone: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """The way, and the amount that the player's money changes by (never negative; the way tells the direction)."""

    way: Way
    amount: Decimal
    words: str


TAKES_BACK: Final = (K.MISSING_THEIRS, K.STATUS)


def plan_of(case: Case) -> Plan | None:
    """The plan; None: no booking of ours would put it right."""
    if case.kind == K.MISSING_OURS and case.line_kind == LineKind.WIN:
        return Plan(
            Way.PAY_WIN,
            case.theirs,
            "Paid under the provider's own id: if its call still comes, it is a repeat.",
        )
    if case.kind == K.STATUS and case.undone and case.line_kind == case.leg_kind == LineKind.WIN:
        return Plan(Way.PAY_WIN, case.theirs, "The win, which was rolled back here, is paid again.")
    if case.kind in TAKES_BACK and not case.undone and case.leg_kind in (LineKind.BET, LineKind.WIN):
        if case.kind == K.STATUS and case.line_kind not in (case.leg_kind, LineKind.ROLLBACK, LineKind.ROUND):
            return None  # booked as something else: a rollback alone would leave it wrong
        words = "stake goes back to the player" if case.leg_kind == LineKind.BET else "win is taken back"
        return Plan(Way.ROLL_BACK, case.ours, f"Rolled back as the provider would have done it: the {words}.")
    if case.kind == K.AMOUNT and case.leg_kind == LineKind.WIN and case.theirs > case.ours:
        return Plan(Way.PAY_WIN, case.theirs - case.ours, "The rest of the win is paid into its round.")
    if case.kind == K.AMOUNT and case.leg_kind == LineKind.BET and case.ours > case.theirs:
        return Plan(Way.GIVE_BACK, case.ours - case.theirs, "What was staked too much goes back, as an adjustment.")
    return None
