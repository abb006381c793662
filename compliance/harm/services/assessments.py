"""Assessing players: the score with its reasons, the case that follows, and what is done at once (UK-15, UK-16)."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from compliance.harm.markers import scored
from compliance.harm.models import Assessment, Watched
from compliance.harm.selectors.figures import figures_of
from compliance.harm.services.cases import case_follow
from compliance.harm.services.steps import steps_take
from compliance.harm.types import Scored
from compliance.policy.selectors.policies import policy_of
from players.models import Player

AT_ONCE: Final = 200
AGAIN: Final = timedelta(hours=24)  # windows move on: whoever has points is looked at daily
log = logging.getLogger(__name__)


def players_assess(*, now: datetime, limit: int = AT_ONCE) -> int:
    """Assess the players who wait, those of whom the oldest news is first; returns how many. One that fails waits on.

    Whoever another process is looking at is left to it.
    """
    done = 0
    for player_id in _waiting(now, limit):
        try:
            done += player_assess(player_id=player_id, now=now)
        except Exception:
            log.exception("player %s could not be assessed, and waits", player_id)
    return done


def players_waiting() -> int:
    """How many have news that nobody looked at yet, counted up to 10,000."""
    return Watched.objects.filter(_news()).order_by()[:10_000].count()


@transaction.atomic
def player_assess(*, player_id: int, now: datetime) -> bool:
    """Score the player now, and have what follows follow in the same transaction. False when somebody else does."""
    watched = Watched.objects.select_for_update(skip_locked=True).filter(pk=player_id).first()
    if watched is None:
        return False
    player = Player.objects.get(pk=player_id)
    news = watched.assessed_at is None or watched.assessed_at < watched.changed_at
    policy = policy_of(jurisdiction=player.jurisdiction, now=now)
    result = scored(figures_of(player_id=player_id, policy=policy, now=now), policy, settings.BASE_CURRENCY)
    latest = Assessment.objects.filter(player_id=player_id).order_by("-pk").first()
    watched.assessed_at, watched.looked_at, watched.score = watched.changed_at, now, result.score
    watched.save(update_fields=["assessed_at", "looked_at", "score"])
    if not _differs(latest, result):
        return True
    made = Assessment.objects.create(
        player_id=player_id, jurisdiction=player.jurisdiction, at=now, evident_at=watched.changed_at if news else now,
        score=result.score, tier=result.tier, strong=result.strong,
        findings=[found.as_json() for found in result.findings],
    )  # fmt: skip
    case = case_follow(player=player, assessment=made, policy=policy, now=now)
    if case is not None:
        steps_take(case=case, assessment=made, before=latest, policy=policy, now=now)
    return True


def _waiting(now: datetime, limit: int) -> list[int]:
    """News first, oldest first; then those whose windows moved on since yesterday."""
    news = list(Watched.objects.filter(_news()).order_by("changed_at").values_list("pk", flat=True)[:limit])
    stale = Watched.objects.filter(score__gt=0, looked_at__lt=now - AGAIN).order_by("looked_at")
    rest = stale.exclude(pk__in=news).values_list("pk", flat=True)[: limit - len(news)]
    return news + list(rest)


def _news() -> Q:
    return Q(assessed_at__isnull=True) | Q(assessed_at__lt=F("changed_at"))


def _differs(latest: Assessment | None, result: Scored) -> bool:
    """Whether another assessment would tell something else: other markers, other weight, another level."""
    if latest is None:
        return bool(result.findings)
    known = {(found["marker"], found["strong"]) for found in latest.findings}
    return (
        known != {(found.key.value, found.strong) for found in result.findings}
        or latest.tier != result.tier
        or latest.score != result.score
    )
