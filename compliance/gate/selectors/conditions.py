"""What the policy asks of play, held against what is known of the player."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from compliance.gate.age import age_on, birthday_begins
from compliance.gate.facts import CapFacts, ClockFacts, LocationFacts, RegisterFacts
from compliance.gate.models import PlayClock
from compliance.geo.selectors.checks import location_last
from compliance.limits.selectors.rules import in_currency
from compliance.policy.keys import PolicyKey
from compliance.policy.types import Policy
from compliance.register.models import RegisterStanding
from players.models import Player
from players.personal.errors import PersonalDataErased, PersonalDataUnknown
from players.personal.selectors.details import details_open


def register_facts(*, player_id: int, policy: Policy) -> RegisterFacts | None:
    """What the register that the policy names said; None where it names none."""
    rule = policy.table(PolicyKey.EXCLUSION_REGISTER)
    if rule is None:
        return None
    row = RegisterStanding.objects.filter(player_id=player_id, register=rule["register"]).first()
    return register_told(row, policy)


def register_told(row: RegisterStanding | None, policy: Policy) -> RegisterFacts:
    """The last answer of the register that the policy names, where there is one."""
    rule = policy.table(PolicyKey.EXCLUSION_REGISTER)
    assert rule is not None
    return RegisterFacts(
        register=rule["register"],
        outcome=row.outcome if row else "",
        clear=row.clear if row else False,
        valid_until=row.valid_until if row else None,
        row=policy.row_id(PolicyKey.EXCLUSION_REGISTER),
    )


def clock_facts(*, player_id: int) -> ClockFacts | None:
    """The player's sitting, or None before the first one."""
    clock = PlayClock.objects.filter(pk=player_id).first()
    if clock is None:
        return None
    return ClockFacts(
        started_at=clock.started_at,
        due_at=clock.due_at,
        paused_until=clock.paused_until,
        source=f"gate.playclock:{player_id}",
        row=clock.policy_row_id,
    )


def location_facts(*, player_id: int, policy: Policy) -> LocationFacts | None:
    """The last look at where the player is, where the policy asks for one."""
    if not policy.flag(PolicyKey.LOCATION_REQUIRED):
        return None
    row = policy.row_id(PolicyKey.LOCATION_REQUIRED)
    last = location_last(player_id=player_id)
    if last is None:
        return LocationFacts(outcome="", allowed=False, country="", valid_until=None, source="", row=row)
    every = policy.minutes(PolicyKey.LOCATION_CHECK_MINUTES) or timedelta()
    return LocationFacts(
        outcome=last.outcome,
        allowed=last.allowed,
        country=last.country,
        valid_until=last.checked_at + every,
        source=f"geo.locationcheck:{last.pk}",
        row=row,
    )


def cap_facts(*, player: Player, policy: Policy, now: datetime) -> CapFacts | None:
    """The largest stake on slots at the player's age; the youngest band's while the age is not known."""
    bands = policy.value(PolicyKey.SLOT_MAX_STAKE)
    if bands is None:
        return None
    born = _born(player.pk) if len(bands) > 1 else None
    age = age_on(born, now.astimezone(ZoneInfo(player.time_zone)).date()) if born else None
    money = policy.stake_cap(PolicyKey.SLOT_MAX_STAKE, age if age is not None else 0)
    assert money is not None
    birthdays = [birthday_begins(born, years, player.time_zone) for years, _money in bands] if born else []
    return CapFacts(
        amount=in_currency(money, player.currency, now),
        told=str(money),
        age=age,
        until=min((instant for instant in birthdays if instant > now), default=None),
        row=policy.row_id(PolicyKey.SLOT_MAX_STAKE),
    )


def _born(player_id: int) -> date | None:
    try:
        return details_open(player_id=player_id).birth_date
    except (PersonalDataUnknown, PersonalDataErased):
        return None
