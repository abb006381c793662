"""A player's sitting as its reality check shows it (UK-09, MT-02, UK-04)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from common.money import ZERO
from compliance.gate.models import PlayClock
from compliance.gate.selectors.intervals import interval_of
from compliance.policy.keys import PolicyKey
from compliance.policy.selectors.policies import policy_of
from players.models import Player
from wallet.selectors.flows import flows_since


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """How long and with what result; amounts in `currency`. Nothing begun: no time and no money."""

    currency: str
    started_at: datetime | None
    elapsed: timedelta
    staked: Decimal
    won: Decimal
    due: bool
    due_at: datetime | None
    paused_until: datetime | None
    interval_minutes: int | None
    may_choose: bool
    least_minutes: int | None
    most_minutes: int | None


def sitting_of(*, player: Player, now: datetime) -> Sitting:
    """The sitting that goes on, or the last one. Bonus stakes count as stakes."""
    policy = policy_of(jurisdiction=player.jurisdiction, now=now)
    rule = policy.table(PolicyKey.REALITY_CHECK)
    may_choose = rule is not None and rule["mode"] == "player"
    clock = PlayClock.objects.filter(pk=player.pk).first()
    since = clock.started_at if clock else None
    flows = flows_since(player_id=player.pk, currency=player.currency, since=since) if since else None
    due_at = clock.due_at if clock else None
    due = due_at is not None and due_at <= now
    # From the moment at which the check fell due nothing was played any more.
    until = due_at if due and due_at is not None else now
    paused = clock.paused_until if clock and clock.paused_until and now < clock.paused_until else None
    return Sitting(
        currency=player.currency,
        started_at=since,
        elapsed=max(until - since, timedelta()) if since else timedelta(),
        staked=flows.wagered if flows else ZERO,
        won=flows.won if flows else ZERO,
        due=due,
        due_at=due_at,
        paused_until=paused,
        interval_minutes=interval_of(player_id=player.pk, policy=policy),
        may_choose=may_choose,
        least_minutes=rule["min_minutes"] if rule and may_choose else None,
        most_minutes=rule["max_minutes"] if rule and may_choose else None,
    )
