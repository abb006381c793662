"""What the policy of a player's jurisdiction says about limits, as amounts in the player's currency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from common.currencies import CURRENCIES
from common.money import converted
from compliance.limits.enums import LimitKind
from compliance.limits.periods import period_span
from compliance.limits.types import Bound
from compliance.policy.keys import PolicyKey
from compliance.policy.selectors.policies import policy_of
from compliance.policy.shapes import Money
from compliance.policy.types import Policy
from players.models import Player
from players.personal.errors import PersonalDataErased, PersonalDataUnknown
from players.personal.selectors.details import details_open
from wallet.selectors.rates import units_per_base

POLICY_OWNER = "policy"
YOUNG = 25


@dataclass(frozen=True, slots=True)
class Wait:
    """When a looser limit may be in force, and until when the player may confirm it."""

    effective_from: datetime
    needs_confirmation: bool
    confirm_by: datetime | None
    policy: dict[str, int]


@dataclass(frozen=True, slots=True)
class Trigger:
    """Net deposits above `threshold` in `window` ask for a check; `blocks`: before more is deposited."""

    threshold: Decimal
    window: str
    blocks: bool
    policy_row: int


def limit_policy(player: Player, now: datetime) -> Policy:
    """The rows in force where the player plays."""
    return policy_of(jurisdiction=player.jurisdiction, now=now)


def wait_for_looser(*, player: Player, period: str, now: datetime) -> Wait:
    """How long a looser limit waits that is asked for now (UK-08, SE-02).

    After the delay, and where the policy says so not before the running period ends: the later of the two.
    """
    policy = limit_policy(player, now)
    ready = now + (policy.hours(PolicyKey.LIMIT_INCREASE_DELAY_HOURS) or timedelta())
    if period and policy.flag(PolicyKey.LIMIT_INCREASE_NOT_BEFORE_PERIOD_END):
        ready = max(ready, period_span(period, now, player.time_zone).ends_at)
    confirms = policy.flag(PolicyKey.LIMIT_CONFIRMATION)
    within = policy.hours(PolicyKey.LIMIT_CONFIRM_WITHIN_HOURS)
    keys = [
        PolicyKey.LIMIT_INCREASE_DELAY_HOURS,
        PolicyKey.LIMIT_INCREASE_NOT_BEFORE_PERIOD_END,
        PolicyKey.LIMIT_CONFIRMATION,
        PolicyKey.LIMIT_CONFIRM_WITHIN_HOURS,
    ]
    return Wait(
        effective_from=ready,
        needs_confirmation=confirms,
        confirm_by=ready + within if confirms and within is not None else None,
        policy={key.value: policy.row_id(key) for key in keys},
    )


def ceilings_of(player: Player, now: datetime) -> tuple[Bound, ...]:
    """The bounds that the policy itself sets on everybody, such as 1,000 EUR of deposits a month in Germany."""
    policy = limit_policy(player, now)
    table = policy.table(PolicyKey.LIMIT_DEPOSIT_CEILING)
    if table is None:
        return ()
    amount = in_currency(table["limit"], player.currency, now)
    row = policy.row_id(PolicyKey.LIMIT_DEPOSIT_CEILING)
    return (Bound(None, POLICY_OWNER, LimitKind.DEPOSIT, table["period"], amount, row),)


def trigger_of(player: Player, now: datetime) -> Trigger | None:
    """The net deposits above which the player's means are checked, by the player's age where the policy tells ages."""
    policy = limit_policy(player, now)
    table = policy.table(PolicyKey.NET_DEPOSIT_TRIGGER)
    if table is None:
        return None
    money: Money = table["limit"]
    young = table.get("under_25")
    if young is not None and _is_young(player, now.astimezone(policy.zone).date()):
        money = young
    return Trigger(
        threshold=in_currency(money, player.currency, now),
        window=table["window"],
        blocks=table["action"] == "affordability_before_deposit",
        policy_row=policy.row_id(PolicyKey.NET_DEPOSIT_TRIGGER),
    )


def in_currency(money: Money, currency: str, now: datetime) -> Decimal:
    """An amount of the policy in another currency, at the rates of the day."""
    if money.currency == currency:
        return money.amount
    units_from = units_per_base(money.currency, now).units_per_base
    units_to = units_per_base(currency, now).units_per_base
    return converted(money.amount, units_from, units_to, CURRENCIES[currency].display_digits)


def _is_young(player: Player, today: date) -> bool:
    """Whether the player is under 25; somebody whose birth date is not known is treated as if."""
    try:
        born = details_open(player_id=player.pk).birth_date
    except (PersonalDataUnknown, PersonalDataErased):
        return True
    if born is None:
        return True
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day)) < YOUNG
