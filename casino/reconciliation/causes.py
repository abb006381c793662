"""Why a break is most likely there, in a sentence. Pure: a rule for each signature, the first that fits tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from casino.reconciliation.enums import BreakKind
from common.currencies import CURRENCIES

K = BreakKind
NEAR: Final = timedelta(hours=2)
EDGE: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Both sides of a break. `answered` is our recorded answer: booked, refused, tombstone, or empty for none."""

    kind: str
    line_kind: str = ""
    leg_kind: str = ""
    theirs: Decimal | None = None
    ours: Decimal | None = None
    their_currency: str = ""
    our_currency: str = ""
    at: datetime | None = None
    booked_at: datetime | None = None
    answered: str = ""
    refusal: str = ""
    undoing: str = ""
    called: str | None = None
    undone: bool = False
    other_player: bool = False
    until: datetime | None = None


def cause_of(f: Facts) -> str:
    """The suspected cause."""
    return _CAUSES[BreakKind(f.kind)](f)


def _missing_ours(f: Facts) -> str:
    if f.answered == "tombstone":
        return "It was rolled back before it arrived, and refused then; the provider counts it nevertheless."
    if f.answered == "refused":
        return f"We refused it ({f.refusal or 'no reason kept'}), and the provider counts it nevertheless."
    if f.called is not None:
        return f"A call came and booked nothing (answered {f.called}); the provider did not repeat it."
    return f"No call of this {f.line_kind} ever reached us: it was lost on the way, or is still to come."


def _missing_theirs(f: Facts) -> str:
    if f.until is not None and f.booked_at is not None and f.until - f.booked_at <= EDGE:
        return "Booked in the last minutes of the period: most likely the provider has it in the next statement."
    if f.leg_kind == "bet":
        return "We took a stake that the provider does not count: our answer was lost, and its rollback never came."
    return "We paid what the provider does not count: its call was repeated under another id, or taken back there."


def _amount(f: Facts) -> str:
    assert f.theirs is not None
    assert f.ours is not None
    gap, digits = abs(f.theirs - f.ours), CURRENCIES[f.our_currency].display_digits if f.our_currency else 2
    if gap < Decimal(1).scaleb(-digits):
        return f"Rounding: they differ by less than the smallest coin of {f.our_currency}."
    if f.ours and f.theirs and (f.theirs / f.ours in (100, 1000) or f.ours / f.theirs in (100, 1000)):
        return "One side counts in another unit: the amounts differ by a power of ten."
    return f"The provider booked {'more' if f.theirs > f.ours else 'less'} than its call told us."


def _status(f: Facts) -> str:
    if f.other_player:
        return "It is booked for another player in our books."
    if f.leg_kind and f.line_kind not in (f.leg_kind, "rollback", "round"):
        return f"The provider has it as a {f.line_kind}, we as a {f.leg_kind}."
    if f.undone:
        return "Rolled back in our books; the provider counts it as standing."
    if f.line_kind == "round":
        return "The provider refunded the whole round; this bet of it still stands in our books."
    if f.undoing:
        return f"The provider rolled it back; our answer to that was {f.undoing}, and it still stands here."
    return "The provider rolled it back; no rollback ever reached us."


def _day_boundary(f: Facts) -> str:
    assert f.at is not None
    assert f.booked_at is not None
    gap = abs(int((f.booked_at - f.at).total_seconds()))
    return (
        f"The same on both sides, {gap // 60} min {gap % 60} s apart, with the end of the day between: each side has it"
        " on another day, and over both days it is nothing."
    )


def _duplicate(f: Facts) -> str:
    once = "we booked it once" if f.ours is not None else "and never booked it"
    return f"The provider tells the same transaction twice; {once}."


def _late(f: Facts) -> str:
    assert f.at is not None
    assert f.booked_at is not None
    hours = abs((f.booked_at - f.at).total_seconds()) / 3600
    return f"Booked {hours:,.1f} hours from the provider's own time: a retry after an outage, or a clock that is wrong."


def _currency(f: Facts) -> str:
    return f"The provider reports {f.their_currency}; the player's wallet is in {f.our_currency}."


_CAUSES: Final = {
    K.MISSING_OURS: _missing_ours, K.MISSING_THEIRS: _missing_theirs, K.AMOUNT: _amount, K.STATUS: _status,
    K.DAY_BOUNDARY: _day_boundary, K.DUPLICATE: _duplicate, K.LATE: _late, K.CURRENCY: _currency,
}  # fmt: skip
