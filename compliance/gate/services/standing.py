"""Working a player's standing out: what the next ten minutes of bets read instead of all its facts.

A standing that was worked out from older facts can never replace a spoiled one: its row lock is taken before the first
fact is read and kept until commit, and whoever changes a fact takes the same lock in the change's own transaction. So
either the change was committed before the facts were read, or it waits and spoils what was stored (docs/gate.md).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import connection

from compliance.gate.enums import Touchpoint
from compliance.gate.errors import TOLD_TO_PROVIDERS
from compliance.gate.facts import Facts
from compliance.gate.models import Standing
from compliance.gate.rules.table import RULES, reasons_against
from compliance.gate.selectors.facts import facts_of
from compliance.gate.terms import Terms
from compliance.gate.types import Asked

STANDING_LIFE: Final = timedelta(minutes=10)
OF_STANDING: Final = tuple(rule for rule in RULES if rule.standing)
# A bet never waits for somebody who is changing a fact: it began before that change was committed.
# Nor for a brand that opens or closes, whose change waits for the standings under way (0004_brand_closes.up.sql).
_LOCK: Final = (
    "SELECT (SELECT pg_try_advisory_xact_lock_shared(7204001, brand_id::int)"
    " FROM gate_standing WHERE player_id = %s FOR NO KEY UPDATE SKIP LOCKED),"
    " greatest(%s, clock_timestamp())"
)


def standing_renew(*, player_id: int, now: datetime) -> Terms:
    """Work the standing out and store it, in the caller's open transaction and under the wallet's lock.

    Stores nothing while somebody else holds the standing's row; the terms are as good. Raises TemporarilyUnavailable
    where an amount of the law can not be converted.
    """
    with connection.cursor() as cursor:
        # The call may have waited for the wallet: what was placed meanwhile counts.
        cursor.execute(_LOCK, [player_id, now])
        mine, seen_at = cursor.fetchone() or (None, now)
    facts = facts_of(player_id=player_id, now=now, asked=Asked(touchpoint=Touchpoint.BET), seen_at=seen_at)
    terms = terms_of(facts)
    if mine:
        Standing.objects.filter(pk=player_id).update(
            computed_at=now, valid_until=valid_until(facts), terms=terms.packed()
        )
    return terms


def terms_of(facts: Facts) -> Terms:
    """The standing that the facts make. Pure."""
    reasons = reasons_against(facts, Asked(touchpoint=Touchpoint.BET), OF_STANDING)
    first = reasons[0] if reasons else None
    idle = facts.idle_after
    return Terms(
        code=first.code if first else "",
        told={name: str(first.evidence[name]) for name in TOLD_TO_PROVIDERS if name in first.evidence} if first else {},
        idle=idle if idle is not None and idle < settings.SESSION_IDLE else None,
        slot_cap=facts.cap.amount if facts.cap else None,
        limits=facts.play_limits is not None,
    )


def valid_until(facts: Facts) -> datetime:
    """Ten minutes, or until the first fact changes by the mere passing of time."""
    return min([facts.now + STANDING_LIFE, *(instant for instant in facts.changes_at if instant > facts.now)])
