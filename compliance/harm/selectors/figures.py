"""The figures of a player's behaviour: bounded reads of what was summed from the ledger, and of the other wings."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Q, Sum

from compliance.exclusions.enums import ExclusionKind
from compliance.exclusions.models import Exclusion
from compliance.harm.models import Flow, PlayDay
from compliance.harm.types import Figure, Figures
from compliance.limits.models import LimitChange
from compliance.policy.keys import PolicyKey as Key
from compliance.policy.selectors.affected import age_on, birth_dates
from compliance.policy.types import Policy
from players.notes.enums import NoteKind
from players.notes.models import Note
from players.personal.models import PersonalKey

HOUR = Decimal(3_600_000)  # in milliseconds
ADULT = 25  # the marker's own name; from when it counts and how much is policy
INDEXES = ("email_index", "phone_index", "name_birth_index")


def figures_of(*, player_id: int, policy: Policy, now: datetime) -> Figures:
    """Everything that markers look at, as of now. A fixed number of bounded queries."""
    return {
        **_money(player_id, now),
        **_play(player_id, policy, now),
        **_words(player_id, now),
        **_tools(player_id, now),
        **_account(player_id, policy, now),
    }


def _whole(number: int | None, **evidence: object) -> Figure:
    return Figure(Decimal(number or 0), {name: str(value) for name, value in evidence.items()})


def _money(player_id: int, now: datetime) -> Figures:
    month, week, day = (now - timedelta(days=days) for days in (30, 7, 1))
    deposit = Q(kind="deposit")
    found = Flow.objects.filter(player_id=player_id, booked_at__gt=month, booked_at__lte=now).aggregate(
        deposited=Sum("base", filter=deposit),
        deposits=Count("pk", filter=deposit),
        of_day=Count("pk", filter=deposit & Q(booked_at__gt=day)),
        after_loss=Count("pk", filter=deposit & Q(after_loss=True, booked_at__gt=week)),
        reversed=Count("pk", filter=Q(kind="hold_release")),
    )
    return {
        Key.HARM_DEPOSITED_30D: Figure(found["deposited"] or Decimal(0), {"deposits": str(found["deposits"])}),
        Key.HARM_DEPOSITS_24H: _whole(found["of_day"], since=day.isoformat()),
        Key.HARM_CHASING_7D: _whole(found["after_loss"], since=week.isoformat()),
        Key.HARM_WITHDRAWALS_REVERSED_30D: _whole(found["reversed"], since=month.isoformat()),
    }


def _play(player_id: int, policy: Policy, now: datetime) -> Figures:
    today = now.date()
    week, month, before = (today - timedelta(days=days) for days in (6, 29, 34))
    days = PlayDay.objects.filter(player_id=player_id, day__gt=before, day__lte=today)
    found: dict[str, Any] = days.aggregate(
        staked_30=Sum("staked", filter=Q(day__gte=month)), won_30=Sum("won", filter=Q(day__gte=month)),
        played=Max("played_ms", filter=Q(day__gte=today - timedelta(days=1))),
        run=Max("longest_run_ms", filter=Q(day__gte=week)), night=Sum("night_bets", filter=Q(day__gte=week)),
        staked_7=Sum("staked", filter=Q(day__gte=week)), bets_7=Sum("bets", filter=Q(day__gte=week)),
        staked_28=Sum("staked", filter=Q(day__lt=week)), bets_28=Sum("bets", filter=Q(day__lt=week)),
    )  # fmt: skip
    staked, won = found["staked_30"] or Decimal(0), found["won_30"] or Decimal(0)
    figures = {
        Key.HARM_LOST_30D: Figure(max(staked - won, Decimal(0)), {"staked": f"{staked:f}", "won": f"{won:f}"}),
        Key.HARM_PLAYED_HOURS_24H: Figure(Decimal(found["played"] or 0) / HOUR),
        Key.HARM_UNBROKEN_HOURS_7D: Figure(Decimal(found["run"] or 0) / HOUR),
        Key.HARM_NIGHT_BETS_7D: _whole(found["night"]),
    }
    windows = policy.table(Key.HARM_WINDOWS)
    assert windows is not None
    if min(found["bets_7"] or 0, found["bets_28"] or 0) >= windows["least_bets"] and found["staked_28"]:
        recent, usual = found["staked_7"] / found["bets_7"], found["staked_28"] / found["bets_28"]
        evidence = {"average_stake": f"{recent:.4f}", "before": f"{usual:.4f}"}
        figures[Key.HARM_STAKE_RISE] = Figure(recent / usual, evidence)
    return figures


def _words(player_id: int, now: datetime) -> Figures:
    since = now - timedelta(days=90)
    notes = Note.objects.filter(player_id=player_id, written_at__gt=since, supersedes=None)
    found = notes.aggregate(
        care=Count("pk", filter=Q(kind=NoteKind.RESPONSIBLE_GAMING)),
        complaints=Count("pk", filter=Q(kind=NoteKind.COMPLAINT)),
    )
    return {
        Key.HARM_CONTACTS_90D: _whole(found["care"], since=since.isoformat()),
        Key.HARM_COMPLAINTS_90D: _whole(found["complaints"], since=since.isoformat()),
    }


def _tools(player_id: int, now: datetime) -> Figures:
    month, half_year = now - timedelta(days=30), now - timedelta(days=180)
    raises = LimitChange.objects.filter(player_id=player_id, asked_at__gt=month).count()
    chosen = (ExclusionKind.TIME_OUT, ExclusionKind.SELF_EXCLUSION)
    breaks = Exclusion.objects.filter(player_id=player_id, starts_at__gt=half_year, kind__in=chosen).count()
    return {
        Key.HARM_LIMIT_RAISES_30D: _whole(raises, since=month.isoformat()),
        Key.HARM_BREAKS_180D: _whole(breaks, since=half_year.isoformat()),
    }


def _account(player_id: int, policy: Policy, now: datetime) -> Figures:
    figures: Figures = {}
    born = birth_dates([player_id]).get(player_id)
    if born is not None:
        young = age_on(born, now.astimezone(policy.zone).date()) < ADULT
        figures[Key.HARM_UNDER_25] = _whole(int(young))
    own = PersonalKey.objects.filter(data__player_id=player_id).values(*INDEXES).first()
    shared = Q()
    for name, digest in (own or {}).items():
        if digest is not None:
            shared |= Q(**{name: digest})
    if shared:
        others = PersonalKey.objects.filter(shared).exclude(data__player_id=player_id)
        figures[Key.HARM_LINKED_ACCOUNTS] = _whole(len(others.values_list("pk", flat=True)[:50]))
    return figures
