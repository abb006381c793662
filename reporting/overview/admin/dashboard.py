"""The first page: today against the same day last week, what waits, whether the proof is fresh. Bounded reads only."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest

from casino.calls.selectors.health import ProviderHealth, providers_health
from common.backoffice.reach import reach
from common.backoffice.sections import Section
from common.clock import utc_now
from common.scope import Scope
from reporting.overview.admin import cards
from reporting.overview.admin.charts import PRIMARY, Chart, Series
from reporting.overview.admin.player_sections import figure, heads
from reporting.overview.selectors.day_figures import DayFigures, Span, day_figures, joined, seen

READING_SECONDS: Final = 0.8
BEFORE: Final = "#9ca3af"


def dashboard_context(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """unfold's DASHBOARD_CALLBACK: adds the cards and charts that the person may see to the index page."""
    now = utc_now()
    may = request.user.has_perm
    may_play, may_money = may("play.view_round"), may("wallet.view_transaction")
    context |= {"title": "Dashboard", "as_of": now, "charts": [], "cards": [], "unread_hours": 0}
    is_test = False
    if may_play or may_money:
        days = day_figures(now=now, seconds=READING_SECONDS)
        plays, moves = reach(request, "play.view_round"), reach(request, "wallet.view_transaction")
        is_test, automatic = _which_players(request, days, plays)
        context |= {
            "unread_hours": days.unread,
            "is_test": is_test,
            "automatic": automatic,
            "offers_test": settings.SANDBOX,
        }
        of_play = _comparison(days, plays, is_test=is_test, now=now)
        of_money = _comparison(days, moves, is_test=is_test, now=now)
        if may_play:
            context["cards"] += cards.play_cards(of_play)
        if may_money:
            context["cards"].append(cards.deposit_card(of_money))
        context["charts"] = _charts(days, plays if may_play else None, moves if may_money else None, is_test=is_test)
    if may_play:
        context["cards"].append(cards.open_rounds_card(request, is_test=is_test, now=now))
    if may("settlements.view_break"):
        context["cards"].append(cards.breaks_card(request, now=now))
    if may("approvals.view_approval"):
        context["cards"].append(cards.approvals_card(request, now=now))
    if may("calls.view_providercall"):
        health = providers_health(now=now)
        context["cards"].append(cards.health_card(health))
        context["health"] = _health_section(health)
    if may("wallet.view_seal"):
        context["cards"].append(cards.proof_card(now))
    if may("wallet.view_fxrate"):
        context["cards"].append(cards.rates_card(now))
    return context


def _which_players(request: HttpRequest, days: DayFigures, scope: Scope) -> tuple[bool, bool]:
    """Whether to show test players, and whether the page chose so itself.

    Only a sandbox offers them; there they are shown unasked while real players have not played at all.
    """
    asked = request.GET.get("players", "")
    if not settings.SANDBOX or asked == "real":
        return False, False
    if asked == "test":
        return True, False
    whole = joined([span for span in (*days.today, *days.last_week) if span is not None])
    idle = seen(whole, scope=scope, is_test=False).bets == 0
    return (idle and seen(whole, scope=scope, is_test=True).bets > 0), idle


def _comparison(days: DayFigures, scope: Scope, *, is_test: bool, now: Any) -> cards.Comparison:
    today = joined([span for span in days.today if span is not None])
    return cards.Comparison(
        seen(today, scope=scope, is_test=is_test), seen(days.last_week_so_far, scope=scope, is_test=is_test), now
    )


def _charts(days: DayFigures, plays: Scope | None, moves: Scope | None, *, is_test: bool) -> list[Chart]:
    base = settings.BASE_CURRENCY
    found: list[Chart] = []
    for title, name, scope, unit, places, empty in (
        ("Bets by the hour", "bets", plays, "bets", 0, "No bet on either day."),
        (f"GGR by the hour, {base}", "ggr", plays, base, 2, "No stake and no win on either day."),
        ("Active players by the hour", "players", plays, "players", 0, "Nobody played on either day."),
        (f"Deposits by the hour, {base}", "deposits", moves, base, 2, "No deposit on either day."),
    ):
        if scope is not None:
            series = [
                Series("Today", _values(days.today, name, scope, is_test=is_test), PRIMARY),
                Series(
                    "Same day last week", _values(days.last_week, name, scope, is_test=is_test), BEFORE, dashed=True
                ),
            ]
            labels = [f"{hour:02}:00" for hour in range(24)]
            found.append(Chart(title, "line", labels, series, unit, "hour of booking, UTC", places, empty))
    return found


def _values(spans: list[Span | None], name: str, scope: Scope, *, is_test: bool) -> list[Decimal | float | int | None]:
    found: list[Decimal | float | int | None] = []
    for span in spans:
        if span is None:
            found.append(None)
            continue
        value = getattr(seen(span, scope=scope, is_test=is_test), name)
        found.append(len(value) if name == "players" else value)
    return found


def _health_section(health: list[ProviderHealth]) -> Section:
    rows = [
        (
            one.provider, figure(f"{one.calls:,}"), figure(f"{one.failed_share:.2f} %"),
            figure(f"{one.refused_share:.2f} %"), figure(f"{one.p50:,.1f} ms"), figure(f"{one.p95:,.1f} ms"),
        )
        for one in health
    ]  # fmt: skip
    return Section(
        "Providers' calls, last 15 minutes", heads("Provider", "Calls", "Failed", "Refused", "p50", "p95"), rows,
        empty="No provider called in the last 15 minutes. Start play with manage.py simulate, or look at their keys.",
        note="Failed: we could not decide, and the provider repeats. Refused: decided with a no, as for lack of money.",
    )  # fmt: skip
