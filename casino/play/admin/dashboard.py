"""The first page: is play alive, is money right, is the proof fresh. Bounded reads only."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from casino.play.selectors.hours import HourOfPlay, hours_of_play
from casino.play.selectors.open_rounds import COUNT_UP_TO, open_round_counts
from casino.play.selectors.sessions import alive_session_count
from common.backoffice.display import money, span
from common.clock import utc_now
from wallet.selectors.freshness import last_rate_day, last_sealed_at

HOURS: Final = 24
READING_SECONDS: Final = 0.8


@dataclass(frozen=True, slots=True)
class Card:
    """One figure with what it means, a link to the rows behind it, and whether somebody should look."""

    title: str
    figure: str
    note: str
    address: str = ""
    alarm: bool = False


def dashboard_context(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """unfold's DASHBOARD_CALLBACK: adds the cards and charts to the index page."""
    now = utc_now()
    hours = hours_of_play(now=now, hours=HOURS, seconds=READING_SECONDS)
    context |= {
        "title": "Dashboard",
        "cards": [*_play_cards(hours, now), *_proof_cards(now)],
        "charts": _charts(hours),
        "unread_hours": sum(hour is None for hour in hours),
        "as_of": now,
    }
    return context


def _play_cards(hours: list[HourOfPlay | None], now: datetime) -> list[Card]:
    read = [hour for hour in hours if hour is not None]
    bets = sum(hour.bets for hour in read)
    staked = sum((hour.staked for hour in read), Decimal(0))
    ggr = sum((hour.ggr for hour in read), Decimal(0))
    calls = bets + sum(hour.wins + hour.rollbacks for hour in read)
    rollbacks = sum(hour.rollbacks for hour in read)
    base = settings.BASE_CURRENCY
    return [
        Card(
            "Bets, last 24 hours",
            f"{bets:,}" if bets else "none",
            format_html("Staked {}", money(staked, base)) if bets else "Start play with manage.py simulate.",
            reverse("admin:play_leg_changelist"),
        ),
        Card(
            "GGR, last 24 hours",
            money(ggr, base),
            f"Stakes less wins in {base}, at the rate of each bet.",
            reverse("admin:play_round_changelist"),
        ),
        Card(
            "Booked provider calls",
            f"{calls:,}",
            f"Last 24 hours; {rollbacks:,} of them rollbacks.",
            reverse("admin:play_leg_changelist"),
        ),
        _players_card(now),
        _open_rounds_card(now),
    ]


def _players_card(now: datetime) -> Card:
    alive = alive_session_count(now=now)
    return Card(
        "Sessions in play",
        f"{alive:,}" if alive < COUNT_UP_TO else f"{COUNT_UP_TO:,}+",
        f"Seen in the last {span(settings.SESSION_IDLE.total_seconds())}.",
        reverse("admin:play_gamesession_changelist") + "?state=alive",
    )


def _open_rounds_card(now: datetime) -> Card:
    counts = {bucket.code: count for bucket, count in open_round_counts(now=now)}
    total, old = sum(counts.values()), counts["days"] + counts["weeks"]
    return Card(
        "Open rounds",
        f"{total:,}" if max(counts.values()) < COUNT_UP_TO else f"{total:,}+",
        f"{old:,} of them older than a day: ask the provider." if old else "None of them older than a day.",
        reverse("admin:play_round_open") + ("?age=days" if counts["days"] else ""),
        alarm=old > 0,
    )


def _proof_cards(now: datetime) -> list[Card]:
    sealed = last_sealed_at()
    rate_day = last_rate_day()
    rate_age = (now.date() - rate_day).days if rate_day else None
    return [
        Card(
            "Last seal",
            span((now - sealed).total_seconds()) + " ago" if sealed else "never",
            "The books up to then are signed." if sealed else "Run manage.py seal_ledger or start the scheduler.",
            reverse("admin:wallet_seal_changelist"),
            alarm=sealed is None or (now - sealed).total_seconds() > 3600,
        ),
        Card(
            "Newest FX rates",
            f"{rate_day:%Y-%m-%d}" if rate_day else "none",
            _rate_note(rate_age),
            reverse("admin:wallet_fxrate_changelist"),
            alarm=rate_age is None or rate_age > settings.FX_MAX_AGE_DAYS,
        ),
    ]


def _rate_note(days: int | None) -> str:
    if days is None:
        return "Load them; bets in foreign currencies are refused until then."
    if days > settings.FX_MAX_AGE_DAYS:
        return f"{days} days old: bets in foreign currencies are refused. Load newer ones."
    return "Fresh enough for bets in every currency."


def _charts(hours: list[HourOfPlay | None]) -> list[dict[str, str]]:
    labels = [f"{hour.start:%H}:00" if hour else "?" for hour in hours]
    base = settings.BASE_CURRENCY
    bets = [
        _series("Bets", [hour.bets if hour else None for hour in hours], "var(--color-primary-500)"),
        _series("Wins", [hour.wins if hour else None for hour in hours], "#16a34a"),
        _series("Rollbacks", [hour.rollbacks if hour else None for hour in hours], "#f59e0b"),
    ]
    money_lines = [
        _series("Staked", [_float(hour.staked) if hour else None for hour in hours], "var(--color-primary-500)"),
        _series("GGR", [_float(hour.ggr) if hour else None for hour in hours], "#9333ea"),
    ]
    return [
        _chart("Booked calls by the hour", "bar", labels, bets, "calls"),
        _chart(f"Money by the hour, {base}", "line", labels, money_lines, base),
    ]


def _float(amount: Decimal) -> float:
    """A pixel's worth of precision, for drawing only."""
    return float(round(amount, 2))


def _series(name: str, values: list[Any], colour: str) -> dict[str, Any]:
    return {"label": name, "data": values, "backgroundColor": colour, "borderColor": colour, "tension": 0.25}


def _chart(title: str, kind: str, labels: list[str], series: list[dict[str, Any]], unit: str) -> dict[str, str]:
    grey = "#8b93a1"
    ticks = {"color": grey, "maxRotation": 0, "autoSkip": True}
    options = {
        "responsive": True,
        "maintainAspectRatio": False,
        "animation": False,
        "plugins": {
            "legend": {"display": True, "align": "end", "labels": {"color": grey, "boxWidth": 12, "boxHeight": 12}},
            "tooltip": {"enabled": True},
        },
        "scales": {
            "x": {
                "grid": {"display": False},
                "ticks": ticks | {"display": True},
                "title": {"display": True, "text": "hour of booking, UTC", "color": grey},
            },
            "y": {
                "display": True,
                "beginAtZero": True,
                "grid": {"display": True},
                "ticks": ticks | {"display": True},
                "title": {"display": True, "text": unit, "color": grey},
            },
        },
    }
    data = {"labels": labels, "datasets": series}
    return {"title": title, "kind": kind, "data": json.dumps(data), "options": json.dumps(options)}
