"""Who brought a player: one decision at registration, with every candidate and the reason (affiliates.md §2.3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Model = Literal["last_click", "first_click", "last_paid_click"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The programme's model and its window from the click to the registration, in days, closed end."""

    model: Model = "last_click"
    days: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A click, or a code typed at registration. `approved` at the click; the affiliate's state now comes beside it."""

    key: str
    affiliate: str
    at: datetime
    approved: bool
    approved_now: bool
    paid: bool = True
    code: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What became of a candidate, in words that both sides may read."""

    key: str
    affiliate: str
    won: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """The winner's key and affiliate, both empty for an organic player, by which rule, and every candidate."""

    key: str
    affiliate: str
    rule: Literal["existing_player", "typed_code", "last_click", "first_click", "last_paid_click", "organic"]
    candidates: tuple[Judged, ...]


def attribution(rule: Rule, candidates: Iterable[Candidate], *, registered_at: datetime, existing: bool) -> Attribution:
    """Decide. `existing`: the person has an account in the group of brands already, so nobody brought him."""
    known = sorted(candidates, key=lambda one: (one.at, one.key))
    judged = {one.key: _obstacle(rule, one, registered_at, existing=existing) for one in known}
    open_to = [one for one in known if not judged[one.key]]
    codes = [one for one in open_to if one.code]
    clicks = [one for one in open_to if not one.code]
    if rule.model == "last_paid_click":
        for one in clicks:
            judged[one.key] = "" if one.paid else "not a paid click"
        clicks = [one for one in clicks if one.paid]
    pool = codes or clicks
    winner = None if not pool else pool[0] if rule.model == "first_click" and not codes else pool[-1]
    for one in open_to:
        if one is not winner and not judged[one.key]:
            judged[one.key] = _lost(winner, rule)
    told = tuple(
        Judged(key=one.key, affiliate=one.affiliate, won=one is winner, reason=judged[one.key] or "counts")
        for one in known
    )
    if winner is None:
        return Attribution(key="", affiliate="", rule="existing_player" if existing else "organic", candidates=told)
    named = "typed_code" if winner.code else rule.model
    return Attribution(key=winner.key, affiliate=winner.affiliate, rule=named, candidates=told)


def _obstacle(rule: Rule, one: Candidate, registered_at: datetime, *, existing: bool) -> str:
    if existing:
        return "the player had an account already"
    if one.at > registered_at:
        return "after the registration"
    if not one.code and registered_at - one.at > timedelta(days=rule.days):
        return f"older than {rule.days} days"
    if not one.approved:
        return "the affiliate was not approved at the click"
    return "" if one.approved_now else "the affiliate was not approved at the registration"


def _lost(winner: Candidate | None, rule: Rule) -> str:
    if winner and winner.code:
        return "a code was typed at registration"
    return "a later click counts" if rule.model != "first_click" else "an earlier click counts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """From this moment on the player belongs to this affiliate; empty for nobody."""

    affiliate: str
    since: datetime


def holder_at(holdings: Iterable[Holding], at: datetime) -> str:
    """Whose the player was at a moment: moves count forward only, from their own moment on (AFF-30)."""
    before = [one for one in holdings if one.since <= at]
    return max(before, key=lambda one: one.since).affiliate if before else ""
