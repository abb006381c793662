"""Why a player may not bet. One class per reason; the code is part of the providers' contract."""

from __future__ import annotations

from common.errors import Refusal


class PlayerBlocked(Refusal):
    code = "player_blocked"
    message = "The player's account may not play."


class SelfExcluded(Refusal):
    code = "self_excluded"
    message = "The player is excluded from play."


class TimeOutActive(Refusal):
    code = "time_out_active"
    message = "The player takes a time-out."


class KycRequired(Refusal):
    code = "kyc_required"
    message = "The player's identity must be verified first."


class LimitReached(Refusal):
    code = "limit_reached"
    message = "A limit of the player is reached."


class RealityCheckDue(Refusal):
    code = "reality_check_due"
    message = "The player must acknowledge a reality check first."


class GeoBlocked(Refusal):
    code = "geo_blocked"
    message = "Play is not allowed from the player's location."


class RestrictionEndsBeforeStart(Refusal):
    code = "restriction_ends_before_start"
    message = "It would end before it starts: correct the dates."
    recorded = False


class RestrictionStands(Refusal):
    code = "restriction_stands"
    message = "A self-exclusion or time-out was the player's own choice: it ends at its date and not before."
    recorded = False


class RestrictionEndedAlready(Refusal):
    code = "restriction_ended_already"
    message = "This restriction has ended already."
    recorded = False
