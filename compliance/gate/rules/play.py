"""Conditions of play itself: limits, reality check, idle sign-in, stake caps, location."""

from __future__ import annotations

from collections.abc import Iterator

from common.money import ZERO, decimal_text
from compliance.gate.enums import Touchpoint
from compliance.gate.facts import Facts
from compliance.gate.types import Asked, Reason
from compliance.limits.decisions import bet_check, deposit_check, usage_of
from compliance.limits.enums import LimitKind
from compliance.limits.types import Reached


def limits_missing(facts: Facts, _asked: Asked) -> Iterator[Reason]:
    """Limits without which nobody plays (SE-01)."""
    if facts.limits_missing:
        yield Reason(
            code="limits_missing",
            title="The limits that the law asks for must be set first.",
            evidence={"missing": ", ".join(facts.limits_missing), "policy_row": facts.limits_row},
            source=f"policy.policyrow:{facts.limits_row}",
        )


def limits_reached(facts: Facts, asked: Asked) -> Iterator[Reason]:
    """The limit that refuses the amount, or without an amount every one that is used up."""
    deposit = asked.touchpoint is Touchpoint.DEPOSIT
    limits = facts.deposit_limits if deposit else facts.play_limits
    if limits is None:
        return
    if asked.amount is None:
        usages = (usage_of(bound, limits, facts.now) for bound in limits.bounds if bound.kind != LimitKind.STAKE)
        yield from (_reached(Reached(usage)) for usage in usages if usage.left <= ZERO)
        return
    if deposit:
        refusing = deposit_check(amount=asked.amount, limits=limits, now=facts.now)
    else:
        refusing = bet_check(stake=asked.amount, real=asked.amount, limits=limits, now=facts.now)
    if refusing is not None:
        yield _reached(refusing)


def _reached(refusing: Reached) -> Reason:
    bound = refusing.usage.bound
    record = f"limits.limit:{bound.id}" if bound.id is not None else f"policy.policyrow:{bound.policy_row}"
    return Reason(
        code="limit_reached",
        title=f"{LimitKind(bound.kind).label}: the limit is reached.",
        evidence=refusing.evidence,
        source=record,
        until=refusing.usage.until,
    )


def reality_check(facts: Facts, _asked: Asked) -> Iterator[Reason]:
    """Due and not acknowledged, or in the pause behind it (2.8 rule 8, DE-01)."""
    clock = facts.clock
    if clock is None:
        return
    if clock.paused_until is not None and facts.now < clock.paused_until:
        yield Reason(
            code="reality_check_due",
            title="The pause after the reality check goes on.",
            evidence={"paused_until": clock.paused_until.isoformat(), "policy_row": clock.row},
            source=clock.source,
            until=clock.paused_until,
        )
    elif clock.due_at is not None and clock.due_at <= facts.now:
        yield Reason(
            code="reality_check_due",
            title="A reality check waits for the player's acknowledgement.",
            evidence={
                "due_at": clock.due_at.isoformat(),
                "playing_since": clock.started_at.isoformat(),
                "policy_row": clock.row,
            },
            source=clock.source,
        )


def idle_session(facts: Facts, asked: Asked) -> Iterator[Reason]:
    """Idle for too long: the player proves who he is again (G-14)."""
    if asked.last_active_at is None or facts.idle_after is None:
        return
    if facts.now - asked.last_active_at > facts.idle_after:
        yield Reason(
            code="session_reauth",
            title="The session was idle for too long.",
            evidence={
                "last_active_at": asked.last_active_at.isoformat(),
                "minutes": int(facts.idle_after.total_seconds() // 60),
                "policy_row": facts.idle_row,
            },
            source=f"policy.policyrow:{facts.idle_row}",
        )


def stake_cap(facts: Facts, asked: Asked) -> Iterator[Reason]:
    """The largest stake on slots at the player's age (UK-13)."""
    if facts.cap is None or asked.amount is None or not asked.slot or asked.amount <= facts.cap.amount:
        return
    yield Reason(
        code="stake_above_cap",
        title=f"The largest stake on slots is {facts.cap.told}.",
        evidence={
            "cap": decimal_text(facts.cap.amount),
            "law": facts.cap.told,
            "age": facts.cap.age,
            "policy_row": facts.cap.row,
        },
        source=f"policy.policyrow:{facts.cap.row}",
        until=facts.cap.until,
    )


def location(facts: Facts, _asked: Asked) -> Iterator[Reason]:
    """Where a location is required, only a recent look that found the player inside opens play (G-30, G-31)."""
    found = facts.location
    if found is None or (found.allowed and found.valid_until is not None and facts.now < found.valid_until):
        return
    yield Reason(
        code="geo_blocked",
        title="Play is not allowed from where the player is, or nobody knows where that is.",
        evidence={
            "outcome": "too_old" if found.allowed else found.outcome or "never_looked",
            "country": found.country,
            "policy_row": found.row,
        },
        source=found.source,
    )
