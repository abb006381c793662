"""The dashboard's cards: one figure each, what it is compared with, and the list behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from casino.calls.selectors.health import ProviderHealth
from casino.play.enums import RoundState
from casino.play.models import Round
from casino.settlements.models import Break
from casino.settlements.states import WAITING
from common.backoffice.display import money, span
from compliance.approvals.enums import OPEN_STATES
from compliance.approvals.models import Approval
from reporting.overview.selectors.day_figures import Figures
from reporting.overview.selectors.queues import COUNT_UP_TO, Waiting, waiting
from reporting.overview.selectors.verification import last_verified
from wallet.selectors.freshness import last_rate_day, last_sealed_at

UNSEALED = "Run manage.py seal_ledger or start the scheduler."
SLOW_MS = 150
FAILED_PERCENT = 1


@dataclass(frozen=True, slots=True)
class Card:
    """One figure with what it means, a link to the rows behind it, and whether somebody should look."""

    title: str
    figure: str
    note: str
    address: str = ""
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """Today and the same day last week until the same time."""

    today: Figures
    before: Figures
    now: datetime


def compared(today: Decimal | int, before: Decimal | int, shown: str, now: datetime) -> str:
    """ "▲ 12.3 %: 1,204 last Friday until 14:23"."""
    words = f"last {now:%A} until {now:%H:%M}"
    if before <= 0:
        return format_html("{}: {}", words[0].upper() + words[1:], shown)
    change = (Decimal(today) - Decimal(before)) * 100 / Decimal(before)
    sign = "▲" if change > 0 else "▼" if change < 0 else "="
    return format_html("{} {} %: {} {}", sign, f"{abs(change):,.1f}", shown, words)


def play_cards(of: Comparison) -> list[Card]:
    """Bets, GGR and who plays."""
    base, now, one, other = settings.BASE_CURRENCY, of.now, of.today, of.before
    today = {"booked_at_from_0": f"{now:%Y-%m-%d}", "booked_at_from_1": "00:00:00"}
    legs = reverse("admin:play_leg_changelist") + "?" + urlencode(today)
    rounds = urlencode({"opened_at_from_0": f"{now:%Y-%m-%d}", "opened_at_from_1": "00:00:00"})
    return [
        Card("Bets today", f"{one.bets:,}", compared(one.bets, other.bets, f"{other.bets:,}", now), legs),
        Card(
            "GGR today", money(one.ggr, base), compared(one.ggr, other.ggr, money(other.ggr, base), now),
            f"{reverse('admin:play_round_changelist')}?{rounds}", alarm=one.ggr < 0,
        ),
        Card(
            "Active players today", f"{len(one.players):,}",
            compared(len(one.players), len(other.players), f"{len(other.players):,}", now),
            reverse("admin:play_gamesession_changelist") + "?state=alive",
        ),
    ]  # fmt: skip


def deposit_card(of: Comparison) -> Card:
    """What came in."""
    base, one, other = settings.BASE_CURRENCY, of.today, of.before
    wanted = {"kind__exact": "deposit", "booked_at_from_0": f"{of.now:%Y-%m-%d}", "booked_at_from_1": "00:00:00"}
    note = compared(one.deposits, other.deposits, money(other.deposits, base), of.now)
    return Card(
        f"Deposits today ({one.deposit_count:,})", money(one.deposits, base), note,
        reverse("admin:wallet_transaction_changelist") + "?" + urlencode(wanted),
    )  # fmt: skip


def rows_seen(request: HttpRequest, model: Any) -> Any:
    """The rows of a book that whoever is signed in may see: those of its list."""
    return admin.site._registry[model].get_queryset(request)


def open_rounds_card(request: HttpRequest, *, is_test: bool, now: datetime) -> Card:
    """Rounds that are not settled."""
    rows = rows_seen(request, Round).filter(state=RoundState.OPEN, player__is_test=is_test)
    found = waiting(rows, field="opened_at", now=now)
    age = "?age=weeks" if found.day else "?age=hours" if found.hour else ""
    note = _ages(found, now, "No round is open.") + (" Ask the provider." if found.day else "")
    return Card(
        "Open rounds",
        counted(found),
        note,
        reverse("admin:play_round_open") + age.replace("weeks", "days"),
        found.day > 0,
    )


def breaks_card(request: HttpRequest, *, now: datetime) -> Card:
    """What payment gateways settled and our books do not agree about (PAY-06): above zero, finance looks."""
    rows = rows_seen(request, Break).filter(state__in=WAITING)
    found = waiting(rows, field="opened_at", now=now)
    address = reverse("admin:settlements_break_changelist") + "?state__exact=open"
    note = _ages(found, now, "Files and ledger agree.")
    return Card("Breaks of settlements", counted(found), note, address, found.total > 0)


def approvals_card(request: HttpRequest, *, now: datetime) -> Card:
    """Proposals that nobody has decided."""
    rows = rows_seen(request, Approval).filter(state__in=OPEN_STATES, expires_at__gt=now)
    found = waiting(rows, field="created_at", now=now)
    address = reverse("admin:approvals_approval_changelist") + "?state__exact=proposed"
    return Card(
        "Approvals waiting", counted(found), _ages(found, now, "Nothing waits for a decision."), address, found.hour > 0
    )


def health_card(health: list[ProviderHealth]) -> Card:
    """The provider that does worst."""
    address = reverse("admin:calls_providercall_changelist")
    if not health:
        return Card("Provider health", "no calls", "No provider called in the last 15 minutes.", address)
    worst = max(health, key=lambda one: (one.failed_share, one.p95))
    alarm = worst.failed_share >= FAILED_PERCENT or worst.p95 > SLOW_MS
    note = (
        f"{worst.provider}, {worst.calls:,} calls in 15 min, p95 {worst.p95:,.0f} ms,"
        f" {worst.refused_share:.1f} % refused"
    )
    query = urlencode({"provider_code": worst.provider})
    return Card("Failed provider calls", f"{worst.failed_share:.2f} %", note, f"{address}?{query}", alarm)


def proof_card(now: datetime) -> Card:
    """How old the proof of the books is."""
    sealed, verified = last_sealed_at(), last_verified()
    note = (
        "Run manage.py seal_ledger or start the scheduler."
        if sealed is None
        else "Everything booked until then is signed."
    )
    if verified is None:
        note += " Never verified: run manage.py verify_ledger."
    else:
        word = "Verified" if verified.sound else "BROKEN when verified"
        note += f" {word} {span((now - verified.at).total_seconds())} ago."
    return Card(
        "Ledger seal", span((now - sealed).total_seconds()) + " ago" if sealed else "never", note,
        reverse("admin:wallet_seal_changelist"),
        alarm=sealed is None or (now - sealed).total_seconds() > 3600 or (verified is not None and not verified.sound),
    )  # fmt: skip


def rates_card(now: datetime) -> Card:
    """How old the exchange rates are."""
    day = last_rate_day()
    address = reverse("admin:wallet_fxrate_changelist")
    if day is None:
        return Card(
            "FX rates", "none", "Load them: bets in foreign currencies are refused until then.", address, alarm=True
        )
    days = (now.date() - day).days
    if days > settings.FX_MAX_AGE_DAYS:
        note = f"{days} days old: bets in foreign currencies are refused. Load newer ones."
        return Card("FX rates", f"{day:%Y-%m-%d}", note, address, alarm=True)
    return Card("FX rates", f"{day:%Y-%m-%d}", "Fresh enough for bets in every currency.", address)


def counted(found: Waiting) -> str:
    """The number, and that there may be more."""
    return f"{COUNT_UP_TO:,}+" if found.capped else f"{found.total:,}"


def _ages(found: Waiting, now: datetime, empty: str) -> str:
    if found.oldest is None:
        return empty
    oldest = span((now - found.oldest).total_seconds())
    return f"{found.hour:,} over an hour, {found.day:,} over a day old; the oldest {oldest}."
