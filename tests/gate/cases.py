"""What each rule must say: facts laid out by hand, one line a case, boundaries included."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from compliance.gate.enums import Touchpoint
from compliance.gate.facts import (
    CapFacts,
    ClockFacts,
    DatedFact,
    Facts,
    KycFacts,
    LocationFacts,
    PlayerFacts,
    RegisterFacts,
)
from compliance.gate.rules.table import Rule, reasons_against
from compliance.gate.types import Asked
from compliance.limits.types import Bound, Count, PlayLimits
from tests.factories import NOON

T = Touchpoint
MINUTE: Final = timedelta(minutes=1)
INSTANT: Final = timedelta(microseconds=1)
ALICE: Final = PlayerFacts(
    id=1,
    status="active",
    country="GB",
    currency="GBP",
    jurisdiction="GB",
    brand_id=2,
    brand_enabled=True,
    is_test=False,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """`says`: the codes told at each of `at`, in order; at every other touchpoint nothing is told. `tells`: of the
    evidence, and the source."""

    rule: str
    facts: Facts
    says: tuple[str, ...]
    at: frozenset[T]
    asked: dict[str, Any]
    tells: dict[str, Any]


def facts(**changes: Any) -> Facts:
    """Alice, against whom nothing stands."""
    player = replace(ALICE, **changes.pop("player", {}))
    return Facts(now=NOON, player=player, **changes)


def dated(kind: str, until: datetime | None = None) -> DatedFact:
    return DatedFact(kind=kind, source=f"x.{kind}:1", starts_at=NOON - MINUTE, until=until)


def register(
    *, clear: bool = True, outcome: str = "no_match", valid: datetime | None = NOON + INSTANT
) -> RegisterFacts:
    return RegisterFacts(register="gamstop", outcome=outcome, clear=clear, valid_until=valid, row=5)


def kyc(*, verified: bool = False, due: str = "before_play", locked: bool = False) -> KycFacts:
    return KycFacts(verified=verified, due=due, locked=locked, source="kyc.kycstate:1")


def clock(due_at: datetime | None, paused_until: datetime | None = None) -> ClockFacts:
    return ClockFacts(
        started_at=NOON - timedelta(hours=1), due_at=due_at, paused_until=paused_until, source="gate.playclock:1", row=6
    )


def cap(amount: str = "2") -> CapFacts:
    return CapFacts(amount=Decimal(amount), told=f"{amount} GBP", age=24, until=None, row=7)


def place(*, allowed: bool = True, valid: datetime | None = NOON + INSTANT, outcome: str = "inside") -> LocationFacts:
    return LocationFacts(
        outcome=outcome, allowed=allowed, country="US", valid_until=valid, source="geo.locationcheck:1", row=8
    )


def limits(kind: str, amount: str, **counted: str) -> PlayLimits:
    day = Count("day", NOON - MINUTE, NOON + MINUTE, **{name: Decimal(value) for name, value in counted.items()})
    period = "" if kind == "stake" else "day"
    return PlayLimits(zone="UTC", bounds=(Bound(9, "player", kind, period, Decimal(amount)),), counts={"day": day})


PLAY: Final = frozenset({T.BET, T.LAUNCH})
PAYING: Final = PLAY | {T.DEPOSIT}
GAMBLING: Final = PAYING | {T.BONUS, T.MARKETING}
EVERYWHERE: Final = GAMBLING | {T.WITHDRAWAL, T.SIGN_IN}
NOWHERE: Final[frozenset[T]] = frozenset()


def case(
    rule: str, found: Facts, says: str, at: Iterable[T], *, tells: dict[str, Any] | None = None, **asked: Any
) -> Case:
    return Case(rule=rule, facts=found, says=tuple(says.split()), at=frozenset(at), asked=asked, tells=tells or {})


CASES: Final = (
    case("account_status", facts(), "", EVERYWHERE | {T.REGISTER}),
    case("account_status", facts(player={"status": "blocked"}), "player_blocked", EVERYWHERE),
    case("account_status", facts(player={"status": "closed"}), "player_blocked", EVERYWHERE - {T.WITHDRAWAL}),
    case("brand_state", facts(player={"brand_enabled": False}), "brand_closed", GAMBLING),
    case("exclusions", facts(exclusions=(dated("self_exclusion"),)), "self_excluded", GAMBLING),
    case("exclusions", facts(exclusions=(dated("time_out"),)), "time_out_active", GAMBLING),
    case("exclusions", facts(exclusions=(dated("operator"), dated("register"))), "operator_excluded register_excluded",
         GAMBLING),
    case("restrictions", facts(restrictions=(dated("kyc_required"), dated("geo_blocked"))), "kyc_required geo_blocked",
         GAMBLING),
    case("register_state", facts(register=register()), "", GAMBLING),
    case("register_state", facts(register=register(valid=NOON)), "register_unknown", GAMBLING),
    case("register_state", facts(register=register(valid=None)), "register_unknown", GAMBLING),
    case("register_state", facts(register=register(clear=False, outcome="")), "register_unknown", GAMBLING,
         tells={"outcome": "never_asked", "policy_row": 5}),
    case("register_state", facts(register=register(clear=False, outcome="match")), "register_unknown", GAMBLING,
         tells={"outcome": "match"}),
    case("kyc_required", facts(kyc=kyc()), "kyc_required", PLAY | {T.BONUS}),
    case("kyc_required", facts(kyc=kyc(due="")), "", EVERYWHERE),
    case("kyc_required", facts(kyc=kyc(verified=True)), "", EVERYWHERE),
    case("kyc_locked", facts(kyc=kyc(verified=True, locked=True)), "locked_cdd", {T.WITHDRAWAL}),
    case("kyc_locked", facts(kyc=kyc(verified=True)), "", EVERYWHERE),
    case("flags", facts(flags=(dated("deposit_blocked"),)), "deposit_blocked", {T.DEPOSIT}),
    case("flags", facts(flags=(dated("bet_blocked"),)), "bet_blocked", PLAY),
    case("flags", facts(flags=(dated("withdrawal_blocked"),)), "withdrawal_blocked", {T.WITHDRAWAL}),
    case("flags", facts(flags=(dated("risk_harm"),)), "risk_flagged", {T.BONUS, T.MARKETING}),
    case("flags", facts(flags=(dated("risk_bonus_abuse"),)), "risk_flagged", {T.BONUS}),
    case("flags", facts(flags=(dated("risk_chargeback"),)), "risk_flagged", {T.DEPOSIT, T.BONUS}),
    case("flags", facts(flags=(dated("risk_fraud"),)), "risk_flagged", PAYING | {T.BONUS, T.WITHDRAWAL}),
    case("flags", facts(flags=(dated("risk_linked"),)), "risk_flagged", {T.BONUS, T.WITHDRAWAL}),
    case("limits_missing", facts(limits_missing=("deposit a day",), limits_row=4), "limits_missing", PAYING),
    case("limits_reached", facts(play_limits=limits("loss", "10", staked="8")), "", {T.BET}, amount=Decimal(2)),
    case("limits_reached", facts(play_limits=limits("loss", "10", staked="8")), "limit_reached", {T.BET},
         amount=Decimal("2.01")),
    case("limits_reached", facts(play_limits=limits("stake", "5")), "limit_reached", {T.BET}, amount=Decimal("5.01")),
    case("limits_reached", facts(play_limits=limits("stake", "0")), "", {T.BET}),
    case("limits_reached", facts(play_limits=limits("wager", "10", wagered="10")), "limit_reached", {T.BET},
         tells={"source": "limits.limit:9", "percent": "100"}),
    case("limits_reached", facts(play_limits=limits("wager", "10", wagered="9.99")), "", {T.BET}),
    case("limits_reached", facts(deposit_limits=limits("deposit", "10", deposited="8")), "limit_reached", {T.DEPOSIT},
         amount=Decimal("2.01")),
    case("limits_reached", facts(deposit_limits=limits("deposit", "10", deposited="8")), "", {T.DEPOSIT},
         amount=Decimal(2)),
    case("reality_check", facts(clock=clock(NOON)), "reality_check_due", {T.BET}),
    case("reality_check", facts(clock=clock(NOON + INSTANT)), "", EVERYWHERE),
    case("reality_check", facts(clock=clock(None)), "", EVERYWHERE),
    case("reality_check", facts(clock=clock(NOON + MINUTE, NOON + INSTANT)), "reality_check_due", {T.BET}),
    case("reality_check", facts(clock=clock(NOON + MINUTE, NOON)), "", EVERYWHERE),
    case("location", facts(location=place()), "", EVERYWHERE),
    case("location", facts(location=place(valid=NOON)), "geo_blocked", PAYING),
    case("location", facts(location=place(valid=None)), "geo_blocked", PAYING),
    case("location", facts(location=place(allowed=False, outcome="unknown")), "geo_blocked", PAYING,
         tells={"outcome": "unknown"}),
    case("location", facts(location=place(allowed=False, outcome="")), "geo_blocked", PAYING,
         tells={"outcome": "never_looked", "policy_row": 8}),
    case("idle_session", facts(idle_after=30 * MINUTE), "", EVERYWHERE, last_active_at=NOON - 30 * MINUTE),
    case("idle_session", facts(idle_after=30 * MINUTE), "session_reauth", PAYING | {T.BONUS, T.WITHDRAWAL},
         last_active_at=NOON - 30 * MINUTE - INSTANT),
    case("idle_session", facts(idle_after=30 * MINUTE), "", EVERYWHERE),
    case("idle_session", facts(), "", EVERYWHERE, last_active_at=NOON - timedelta(days=1)),
    case("stake_cap", facts(cap=cap()), "stake_above_cap", {T.BET}, amount=Decimal("2.01"), slot=True),
    case("stake_cap", facts(cap=cap()), "", EVERYWHERE, amount=Decimal(2), slot=True),
    case("stake_cap", facts(cap=cap()), "", EVERYWHERE, amount=Decimal(3)),
    case("stake_cap", facts(cap=cap()), "", EVERYWHERE, slot=True),
)  # fmt: skip


def broken(rules: Iterable[Rule]) -> list[str]:
    """The names of the rules whose cases do not hold with this table, in the cases' order."""
    table = list(rules)
    return [one.rule for one in CASES for touchpoint in T if not _holds(one, touchpoint, table)]


def _holds(one: Case, touchpoint: T, rules: list[Rule]) -> bool:
    expected = one.says if touchpoint in one.at else ()
    try:
        told = reasons_against(one.facts, Asked(touchpoint=touchpoint, **one.asked), rules)
    except Exception:  # noqa: BLE001 - a mutant may fail in any way
        return False
    if tuple(reason.code for reason in told) != expected:
        return False
    known = [dict(reason.evidence) | {"source": reason.source} for reason in told]
    return all(found.get(name) == value for found in known for name, value in one.tells.items())
