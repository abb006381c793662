"""Where the money goes: back to the instruments it came from first, up to what came from each (closed loop). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from casino.withdrawals.types import Share, Split, Way
from common.money import ZERO


def split_of(amount: Decimal, ways: Sequence[Way], chosen: int | None) -> Split:
    """Divide `amount` over `ways`, which are in order of their first deposit; `chosen` takes the rest.

    The chosen instrument is served first among those that ask money back. An instrument that can not receive, or
    whose part would be below its method's minimum, is passed over, and its part joins the rest. The rest needs an
    instrument of the player's own: the chosen one, else one of the parts that is verified. No share passes its
    method's maximum. The shares and `unplaced` sum to `amount`.
    """
    left = amount
    shares: dict[int, tuple[Way, Decimal, Decimal]] = {}  # the way, back by the closed loop, of the rest
    for way in sorted(ways, key=lambda one: one.instrument_id != chosen):
        back = min(left, way.remaining, way.maximum if way.maximum is not None else left)
        if way.why_not or back <= ZERO or back < way.minimum:
            continue
        shares[way.instrument_id] = (way, back, ZERO)
        left -= back
    for way in _for_the_rest(ways, chosen, shares):
        if left <= ZERO:
            break
        _, back, _ = shares.get(way.instrument_id, (way, ZERO, ZERO))
        room = left if way.maximum is None else min(left, way.maximum - back)
        if room <= ZERO or back + room < way.minimum:
            continue
        shares[way.instrument_id] = (way, back, room)
        left -= room
    parts = [Share(way=way, amount=back + rest, closed_loop=rest == ZERO) for way, back, rest in shares.values()]
    return Split(shares=tuple(parts), unplaced=left)


def _for_the_rest(
    ways: Sequence[Way], chosen: int | None, shares: dict[int, tuple[Way, Decimal, Decimal]]
) -> list[Way]:
    """Who may receive more than came from it: nobody who is known to be somebody else."""
    fit = [way for way in ways if not way.why_not and not way.mismatch]
    if chosen is not None:
        return [way for way in fit if way.instrument_id == chosen]
    return sorted((way for way in fit if way.verified or way.instrument_id in shares), key=lambda way: not way.verified)
