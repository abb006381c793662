"""The reality check: when it is due, and the player's acknowledgement (UK-09, MT-02, SE-04, DE-01; 2.8 rule 8).

The clock belongs to the player, not to a game or a connection: launching another game, or signing in again, leaves it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction

from common.money import decimal_text
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.gate.errors import RealityCheckNotDue, RealityIntervalRefused
from compliance.gate.models import PlayClock, RealityCheck, RealityInterval
from compliance.gate.selectors.intervals import interval_of
from compliance.policy.keys import PolicyKey
from compliance.policy.selectors.policies import policy_of
from players.models import Player


@transaction.atomic
def clock_begin(*, player_id: int, last_played_at: datetime | None, now: datetime) -> PlayClock:
    """A game begins: go on with the sitting, or begin one when the player has paused for as long as a session idles.

    `last_played_at` is the last sign of life of any of the player's games. A check that fell due while he played
    stays due until it is acknowledged, however long he stays away.
    """
    clock = PlayClock.objects.select_for_update().filter(pk=player_id).first()
    if clock is not None and _goes_on(clock, last_played_at, now):
        return clock
    player = Player.objects.get(pk=player_id)
    policy = policy_of(jurisdiction=player.jurisdiction, now=now)
    minutes = interval_of(player_id=player_id, policy=policy)
    begun, _new = PlayClock.objects.update_or_create(
        pk=player_id,
        defaults={
            "started_at": now,
            "interval_minutes": minutes,
            "due_at": now + timedelta(minutes=minutes) if minutes else None,
            "acknowledged_at": None,
            "paused_until": None,
            "policy_row_id": policy.row_id(PolicyKey.REALITY_CHECK),
        },
    )
    return begun


def _goes_on(clock: PlayClock, last_played_at: datetime | None, now: datetime) -> bool:
    last = max(last_played_at or clock.started_at, clock.started_at)
    if clock.paused_until is not None and now < clock.paused_until:
        return True
    fell_due = clock.due_at is not None and clock.due_at <= now and clock.due_at - last <= settings.SESSION_IDLE
    return fell_due or now - last <= settings.SESSION_IDLE


@transaction.atomic
def reality_acknowledge(*, player_id: int, staked: Decimal, won: Decimal, actor: str, now: datetime) -> RealityCheck:
    """The player has seen how long he has played and what he staked and won (in his currency) since then.

    Bets are taken again, after the pause that the law may put behind a check. Raises RealityCheckNotDue.
    """
    clock = PlayClock.objects.select_for_update().filter(pk=player_id).first()
    if clock is None or clock.due_at is None or now < clock.due_at:
        raise RealityCheckNotDue
    player = Player.objects.get(pk=player_id)
    policy = policy_of(jurisdiction=player.jurisdiction, now=now)
    rule = policy.table(PolicyKey.REALITY_CHECK)
    pause = timedelta(minutes=rule["break_minutes"]) if rule else timedelta()
    minutes = interval_of(player_id=player_id, policy=policy)
    check = RealityCheck.objects.create(
        player_id=player_id,
        started_at=clock.started_at,
        due_at=clock.due_at,
        acknowledged_at=now,
        staked=staked,
        won=won,
        currency=player.currency,
        paused_until=now + pause if pause else None,
        policy_row_id=clock.policy_row_id,
    )
    clock.acknowledged_at = now
    clock.paused_until = check.paused_until
    clock.interval_minutes = minutes
    clock.due_at = now + pause + timedelta(minutes=minutes) if minutes else None
    clock.policy_row_id = policy.row_id(PolicyKey.REALITY_CHECK)
    clock.save(update_fields=["acknowledged_at", "paused_until", "interval_minutes", "due_at", "policy_row_id"])
    _told(
        EventName.REALITY_ACKNOWLEDGED, player, f"gate.realitycheck:{check.pk}", actor, now,
        {"staked": decimal_text(staked), "won": decimal_text(won), "due_at": check.due_at},
    )  # fmt: skip
    return check


@transaction.atomic
def reality_interval_choose(*, player_id: int, minutes: int, actor: str, now: datetime) -> RealityInterval:
    """How often the player wants to be told. Sooner counts at once, later from the next check on.

    Raises RealityIntervalRefused outside the bounds of the policy, or where it fixes the interval.
    """
    player = Player.objects.get(pk=player_id)
    policy = policy_of(jurisdiction=player.jurisdiction, now=now)
    rule = policy.table(PolicyKey.REALITY_CHECK)
    if rule is None or rule["mode"] != "player":
        raise RealityIntervalRefused(problem="is fixed where the player plays")
    if not rule["min_minutes"] <= minutes <= rule["max_minutes"]:
        raise RealityIntervalRefused(least=str(rule["min_minutes"]), most=str(rule["max_minutes"]))
    clock = PlayClock.objects.select_for_update().filter(pk=player_id).first()
    chosen, _new = RealityInterval.objects.update_or_create(
        pk=player_id, defaults={"minutes": minutes, "chosen_at": now}
    )
    sooner = now + timedelta(minutes=minutes)
    if clock is not None and clock.due_at is not None and sooner < clock.due_at:
        clock.due_at = sooner
        clock.interval_minutes = minutes
        clock.save(update_fields=["due_at", "interval_minutes"])
    subject = f"gate.realityinterval:{player_id}"
    _told(EventName.REALITY_INTERVAL_CHOSEN, player, subject, actor, now, {"minutes": minutes})
    return chosen


def _told(name: EventName, player: Player, subject: str, actor: str, now: datetime, after: dict[str, Any]) -> None:
    audit_record(
        name=name, actor=actor, now=now, subject=subject, brand_id=player.brand_id, player_id=player.pk, after=after
    )
