"""Interactions with players at risk, and what changed after them: counted by the job, once, from the ledger's sums."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, Sum

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.harm.enums import CaseState, Channel
from compliance.harm.errors import CaseClosed, WordsMissing
from compliance.harm.models import Assessment, Case, Flow, Interaction, PlayDay

AT_ONCE: Final = 500
KEPT: Final = timedelta(days=190)  # the longest look of a marker is 35 days, of an interaction 60
HOUR: Final = Decimal(3_600_000)


@transaction.atomic
def interaction_record(
    *, case_id: int, channel: Channel, seen: str, done: str, answer: str, actor: str, now: datetime
) -> Interaction:
    """What was seen, done and heard; with the first one the case was acted upon. Raises CaseClosed, WordsMissing."""
    case = Case.objects.select_for_update(of=("self",)).select_related("player").get(pk=case_id)
    if case.state == CaseState.CLOSED:
        raise CaseClosed
    if not seen.strip() or not done.strip():
        raise WordsMissing
    made = Interaction.objects.create(
        case=case, player_id=case.player_id, at=now, by=actor, channel=channel, seen=seen.strip()[:2000],
        done=done.strip()[:2000], answer=answer.strip()[:2000], score=case.score,
    )  # fmt: skip
    if case.first_acted_at is None:
        case.first_acted_at = now
        case.save(update_fields=["first_acted_at"])
    audit_record(
        name=EventName.HARM_INTERACTION_RECORDED, actor=actor, now=now, subject=f"harm.interaction:{made.pk}",
        player_id=case.player_id, brand_id=case.player.brand_id,
        after={"case": case.pk, "channel": channel.value, "score": case.score},
    )  # fmt: skip
    return made


def effects_count(*, now: datetime) -> int:
    """Fill in what changed 7 and 30 days after each interaction whose time has come. Safe to run twice."""
    counted = 0
    for days, name in ((7, "after_7"), (30, "after_30")):
        # Days are UTC days, whole ones: one more lets the last of them end.
        due = Interaction.objects.filter(at__lt=now - timedelta(days=days + 1), **{f"{name}__isnull": True})
        for row in due.order_by("at")[:AT_ONCE]:
            found = effect_of(player_id=row.player_id, at=row.at, days=days, score=row.score)
            counted += Interaction.objects.filter(pk=row.pk, **{f"{name}__isnull": True}).update(**{name: found})
    return counted


def effect_of(*, player_id: int, at: datetime, days: int, score: int) -> dict[str, Any]:
    """What a player deposited, staked, lost and played in as many days before and after, and the score then and now."""
    span = timedelta(days=days)
    before, after = _sums(player_id, at - span, at), _sums(player_id, at, at + span)
    later = Assessment.objects.filter(player_id=player_id, at__lte=at + span).order_by("-pk").first()
    return {
        "days": days, "score_before": score, "score_after": later.score if later else 0, "before": before,
        "after": after,
    }  # fmt: skip


@transaction.atomic
def sums_purge(*, now: datetime) -> int:
    """Drop sums that no marker and no interaction looks at any more."""
    gone, _each = PlayDay.objects.filter(day__lt=(now - KEPT).date()).delete()
    more, _each = Flow.objects.filter(booked_at__lt=now - KEPT).delete()
    return gone + more


def _sums(player_id: int, start: datetime, end: datetime) -> dict[str, str]:
    """Of an interval; play by whole UTC days after the first and up to the last."""
    flows = Flow.objects.filter(player_id=player_id, kind="deposit", booked_at__gt=start, booked_at__lte=end)
    money = flows.aggregate(base=Sum("base"), number=Count("pk"))
    play = PlayDay.objects.filter(player_id=player_id, day__gt=start.date(), day__lte=end.date()).aggregate(
        staked_sum=Sum("staked"), won_sum=Sum("won"), bet_sum=Sum("bets"), played=Sum("played_ms")
    )
    staked, won = play["staked_sum"] or Decimal(0), play["won_sum"] or Decimal(0)
    return {
        "deposited": f"{money['base'] or Decimal(0):f}", "deposits": str(money["number"]), "staked": f"{staked:f}",
        "lost": f"{staked - won:f}", "bets": str(play["bet_sum"] or 0),
        "hours": f"{Decimal(play['played'] or 0) / HOUR:.2f}",
    }  # fmt: skip
