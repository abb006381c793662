"""The gate's refusals, one class per reason; those that providers know stand in compliance/errors.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from common.errors import Refusal
from compliance import errors
from compliance.gate.types import Reason


class GateRefusal(Refusal):
    """A reason that providers know under another name (BET_REFUSALS)."""

    recorded = False


class BrandClosed(GateRefusal):
    code = "brand_closed"
    message = "The brand is closed for play."


class Excluded(GateRefusal):
    code = "operator_excluded"
    message = "The house has excluded the player."


class RegisterExcluded(GateRefusal):
    code = "register_excluded"
    message = "A national register excludes the player."


class RegisterUnknown(GateRefusal):
    code = "register_unknown"
    message = "The national register has not answered: play waits for its answer."


class LockedCdd(GateRefusal):
    code = "locked_cdd"
    message = "Nothing is withdrawn until due diligence is done."


class LimitsMissing(GateRefusal):
    code = "limits_missing"
    message = "The limits that the law asks for must be set first."


class DepositBlocked(GateRefusal):
    code = "deposit_blocked"
    message = "Deposits are blocked."


class BetBlocked(GateRefusal):
    code = "bet_blocked"
    message = "Bets are blocked."


class WithdrawalBlocked(GateRefusal):
    code = "withdrawal_blocked"
    message = "Withdrawals are blocked."


class RiskFlagged(GateRefusal):
    code = "risk_flagged"
    # Who is told that he is looked into as a risk would know what to hide.
    message = "Not available for this account at the moment: support can tell more."


class SessionReauth(GateRefusal):
    code = "session_reauth"
    message = "The session was idle for too long: prove who you are again."


class StakeAboveCap(GateRefusal):
    code = "stake_above_cap"
    message = "The stake is above what the law allows on slots."


class RealityCheckNotDue(GateRefusal):
    code = "reality_check_not_due"
    message = "No reality check waits for an acknowledgement."


class RealityIntervalRefused(GateRefusal):
    code = "reality_interval_refused"
    message = "The interval is not one that the law lets the player choose."


class FlagEndsBeforeStart(GateRefusal):
    code = "flag_ends_before_start"
    message = "It would end before it starts: correct the date."


class FlagEndedAlready(GateRefusal):
    code = "flag_ended_already"
    message = "This block or flag has ended already."


REFUSALS: Final[dict[str, type[Refusal]]] = {
    refusal.code: refusal
    for refusal in (
        errors.PlayerBlocked, errors.SelfExcluded, errors.TimeOutActive, errors.KycRequired, errors.LimitReached,
        errors.RealityCheckDue, errors.GeoBlocked, BrandClosed, Excluded, RegisterExcluded, RegisterUnknown, LockedCdd,
        LimitsMissing, DepositBlocked, BetBlocked, WithdrawalBlocked, RiskFlagged, SessionReauth, StakeAboveCap,
    )
}  # fmt: skip

# What providers are told about a bet (wallet-api-v1 §5): never the evidence, which is the player's own (GDPR-08).
BET_REFUSALS: Final[dict[str, Callable[[Mapping[str, str]], Refusal]]] = {
    "player_blocked": lambda told: errors.PlayerBlocked(**told),
    "brand_closed": lambda _told: errors.PlayerBlocked(status="brand_disabled"),
    "self_excluded": lambda _told: errors.SelfExcluded(),
    "operator_excluded": lambda _told: errors.SelfExcluded(),
    "register_excluded": lambda _told: errors.SelfExcluded(),
    "register_unknown": lambda _told: errors.PlayerBlocked(status="unverified"),
    "time_out_active": lambda _told: errors.TimeOutActive(),
    "kyc_required": lambda _told: errors.KycRequired(),
    "limit_reached": lambda _told: errors.LimitReached(),
    "limits_missing": lambda _told: errors.LimitReached(),
    "bet_blocked": lambda _told: errors.PlayerBlocked(status="blocked"),
    "risk_flagged": lambda _told: errors.PlayerBlocked(status="blocked"),
    "reality_check_due": lambda _told: errors.RealityCheckDue(),
    "geo_blocked": lambda _told: errors.GeoBlocked(),
}
TOLD_TO_PROVIDERS: Final = ("status",)


def refusal_of(reason: Reason) -> Refusal:
    """The typed refusal of a reason, its evidence as details: for the player, who learns nothing of risk flags."""
    if reason.code == RiskFlagged.code:
        return RiskFlagged()
    return REFUSALS[reason.code](**{name: str(value) for name, value in reason.evidence.items() if value is not None})
