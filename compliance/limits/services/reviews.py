"""Reminders to look at one's limits, every so many months after the last look (UK-08)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Max, Min, QuerySet

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.limits.enums import LimitOwner
from compliance.limits.errors import ReviewNotDue
from compliance.limits.models import Limit, LimitReview
from compliance.limits.periods import months_later
from compliance.limits.selectors.rules import limit_policy
from compliance.policy.keys import PolicyKey
from players.accounts.enums import LetterKind
from players.accounts.services.letters import letter_write
from players.enums import PlayerStatus
from players.models import Player

MOST_AT_ONCE: Final = 1_000
JOB: Final = "system:limits"


def limit_reviews_remind(*, now: datetime, after: int = 0) -> tuple[int, int]:
    """Remind players with limits of their own whose last look is long enough ago; run twice, it reminds once.

    Looks at MOST_AT_ONCE players with an id above `after`. Returns how many were reminded, and the last id looked at,
    0 once there are no more.
    """
    reminded, last = 0, 0
    players = list(_with_limits().filter(pk__gt=after).order_by("pk")[:MOST_AT_ONCE])
    for player in players:
        last = player.pk
        months = limit_policy(player, now).number(PolicyKey.LIMIT_REVIEW_MONTHS)
        looked = _last_look(player)
        if months is not None and looked is not None and months_later(looked, months) <= now:
            reminded += _remind(player, months, now)
    return reminded, last if len(players) == MOST_AT_ONCE else 0


@transaction.atomic
def limit_review_done(*, player_id: int, actor: str, now: datetime) -> LimitReview:
    """The player looked at his limits. Raises ReviewNotDue."""
    review = LimitReview.objects.select_for_update(no_key=True).filter(player_id=player_id, reviewed_at=None).first()
    if review is None:
        raise ReviewNotDue
    review.reviewed_at = now
    review.save(update_fields=["reviewed_at"])
    _told(review, EventName.LIMITS_REVIEWED, actor, now)
    return review


def _with_limits() -> QuerySet[Player]:
    own = Limit.objects.filter(owner=LimitOwner.PLAYER, ended_at=None)
    return Player.objects.filter(status=PlayerStatus.ACTIVE, pk__in=own.values("player_id"))


def _last_look(player: Player) -> datetime | None:
    """The latest of: the last review, a reminder that waits, the first limit that still stands; None: no limit."""
    looked = LimitReview.objects.filter(player=player).aggregate(done=Max("reviewed_at"), told=Max("reminded_at"))
    own = Limit.objects.filter(player=player, owner=LimitOwner.PLAYER, ended_at=None)
    first = own.aggregate(first=Min("starts_at"))["first"]
    moments: list[datetime] = [at for at in (looked["done"], looked["told"], first) if at is not None]
    return max(moments, default=None)


@transaction.atomic
def _remind(player: Player, months: int, now: datetime) -> int:
    """Once: by e-mail, and where the player's limits are shown until they were looked at."""
    Player.objects.select_for_update(no_key=True).get(pk=player.pk)
    if LimitReview.objects.filter(player=player, reviewed_at=None).exists():
        return 0
    review = LimitReview.objects.create(player=player, reminded_at=now)
    letter_write(player=player, kind=LetterKind.LIMITS_REVIEW, now=now, facts={"months": str(months)})
    _told(review, EventName.LIMIT_REVIEW_REMINDED, JOB, now)
    return 1


def _told(review: LimitReview, name: EventName, actor: str, now: datetime) -> None:
    audit_record(
        name=name, actor=actor, now=now, subject=f"limits.limitreview:{review.pk}",
        brand_id=review.player.brand_id, player_id=review.player_id,
        after={"reminded_at": review.reminded_at, "reviewed_at": review.reviewed_at},
    )  # fmt: skip
