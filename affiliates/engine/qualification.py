"""When a player becomes a qualified first deposit (affiliates.md §2.4, AFF-15)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from affiliates.engine.numbers import ZERO
from affiliates.engine.terms import Baseline


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing a player did, in the plan's currency: a deposit, a withdrawal (`deposits` below zero), a stake of real
    money, or the moment his identity was verified."""

    at: datetime
    deposits: Decimal = ZERO
    wager: Decimal = ZERO
    verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualification:
    """When the baseline was met, or None with what was still missing at the end of its window, in words."""

    at: datetime | None
    first_deposit_at: datetime | None
    missing: tuple[str, ...] = ()


def qualification(baseline: Baseline, *, registered_at: datetime, steps: Iterable[Step]) -> Qualification:
    """Walk through what a player did, in the order of time. The window's end counts: its last moment is within."""
    deposits = wager = ZERO
    count, verified, first = 0, not baseline.verified, None
    known = sorted(steps, key=lambda one: (one.at, -one.deposits))
    first = next((one.at for one in known if one.deposits > ZERO), None)
    start = registered_at if baseline.since == "registration" else first
    end = start + timedelta(days=baseline.days) if start and baseline.days else None
    for one in known:
        if end is not None and one.at > end:
            break
        deposits += one.deposits if baseline.net else max(ZERO, one.deposits)
        count += one.deposits > ZERO
        wager += one.wager
        verified = verified or one.verified
        if first and not (missing := _missing(baseline, deposits, wager, count, verified=verified)):
            return Qualification(at=one.at, first_deposit_at=first)
    missing = _missing(baseline, deposits, wager, count, verified=verified) or ("no deposit yet",)
    return Qualification(at=None, first_deposit_at=first, missing=missing)


def _missing(baseline: Baseline, deposits: Decimal, wager: Decimal, count: int, *, verified: bool) -> tuple[str, ...]:
    asked = (
        (deposits < baseline.deposits, f"deposits {deposits} of {baseline.deposits}"),
        (wager < baseline.wager, f"real wager {wager} of {baseline.wager}"),
        (count < baseline.count, f"{count} of {baseline.count} deposits"),
        (not verified, "identity not verified"),
    )
    return tuple(words for lacking, words in asked if lacking)
