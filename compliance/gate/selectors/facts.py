"""The facts of the gate, read as they are committed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import connection

from compliance.gate.enums import Touchpoint
from compliance.gate.facts import Facts, KycFacts, PlayerFacts
from compliance.gate.registry import kyc_source
from compliance.gate.selectors.against import (
    anything_against,
    exclusions_in_force,
    flags_in_force,
    restrictions_in_force,
)
from compliance.gate.selectors.conditions import cap_facts, clock_facts, location_facts, register_facts
from compliance.gate.types import Asked
from compliance.limits.decisions import play_limits_read
from compliance.limits.selectors.missing import limits_missing
from compliance.limits.selectors.usage import deposit_limits
from compliance.limits.types import PlayLimits
from compliance.policy.keys import PolicyKey
from compliance.policy.selectors.policies import policy_next_change, policy_of
from compliance.policy.types import Policy
from players.models import Player


def facts_of(*, player_id: int, now: datetime, asked: Asked, seen_at: datetime | None = None) -> Facts:
    """Everything that the gate looks at for a touchpoint.

    `seen_at`, not before `now`: what was placed until then counts too, for a call that waited for its lock.
    Raises Player.DoesNotExist.
    """
    player = Player.objects.select_related("brand").get(pk=player_id)
    seen = max(now, seen_at or now)
    plain = Facts(now=now, player=player_facts(player))
    if anything_against(player_id=player_id, now=now):
        plain = _with_placed(plain, now, seen)
    # Test players play with mock credits: the law's conditions of play are not asked of them (docs/gate.md).
    return plain if player.is_test else _with_conditions(plain, player, asked)


def _with_placed(plain: Facts, now: datetime, seen: datetime) -> Facts:
    """The same with what was placed against the player."""
    player_id = plain.player.id
    restrictions, next_restriction = restrictions_in_force(player_id=player_id, now=now, seen=seen)
    exclusions, next_exclusion = exclusions_in_force(player_id=player_id, now=now, seen=seen)
    flags, next_flag = flags_in_force(player_id=player_id, now=now, seen=seen)
    ends = (fact.until for fact in (*restrictions, *exclusions, *flags))
    return replace(
        plain,
        restrictions=restrictions,
        exclusions=exclusions,
        flags=flags,
        changes_at=_instants(next_restriction, next_exclusion, next_flag, *ends),
    )


def _with_conditions(plain: Facts, player: Player, asked: Asked) -> Facts:
    """The same with everything that the policy of the jurisdiction asks for."""
    now = plain.now
    policy = policy_of(jurisdiction=player.jurisdiction, now=now)
    register = register_facts(player_id=player.pk, policy=policy)
    clock = clock_facts(player_id=player.pk)
    cap = cap_facts(player=player, policy=policy, now=now)
    location = location_facts(player_id=player.pk, policy=policy)
    return replace(
        plain,
        register=register,
        kyc=_kyc(player, policy, now),
        kyc_row=policy.row_id(PolicyKey.REGISTRATION_KYC_BEFORE_PLAY),
        limits_missing=tuple(f"{kind} a {period}" for kind, period in limits_missing(player, policy)),
        limits_row=policy.row_id(PolicyKey.LIMIT_MANDATORY),
        play_limits=_play_limits(player.pk, now) if asked.touchpoint is Touchpoint.BET else None,
        deposit_limits=deposit_limits(player=player, now=now) if asked.touchpoint is Touchpoint.DEPOSIT else None,
        clock=clock,
        idle_after=policy.minutes(PolicyKey.INACTIVITY_MINUTES),
        idle_row=policy.row_id(PolicyKey.INACTIVITY_MINUTES),
        cap=cap,
        location=location,
        changes_at=plain.changes_at
        + _instants(
            policy_next_change(jurisdiction=player.jurisdiction, now=now),
            register.valid_until if register else None,
            clock.due_at if clock else None,
            clock.paused_until if clock else None,
            cap.until if cap else None,
            location.valid_until if location else None,
        ),
    )


def _instants(*instants: datetime | None) -> tuple[datetime, ...]:
    return tuple(instant for instant in instants if instant is not None)


def player_facts(player: Player) -> PlayerFacts:
    """The player's own row and his brand's."""
    return PlayerFacts(
        id=player.pk,
        status=player.status,
        country=player.country,
        currency=player.currency,
        jurisdiction=player.jurisdiction,
        brand_id=player.brand_id,
        brand_enabled=player.brand.enabled,
        is_test=player.is_test,
    )


def _kyc(player: Player, policy: Policy, now: datetime) -> KycFacts | None:
    """Identity as it is kept, and what asks for it: the law before play, or whoever keeps it."""
    source = kyc_source()
    if source is None:
        return None
    told = source(player.pk, now) or KycFacts(verified=False, due="", locked=False)
    if not told.due and policy.flag(PolicyKey.REGISTRATION_KYC_BEFORE_PLAY):
        return KycFacts(verified=told.verified, due="before_play", locked=told.locked, source=told.source)
    return told


def _play_limits(player_id: int, now: datetime) -> PlayLimits | None:
    """The same that a bet loads."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT limits_of_bet(%s, %s)", [player_id, now])
        row = cursor.fetchone()
    return play_limits_read(row[0] if row else None)
