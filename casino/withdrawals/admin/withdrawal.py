from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse

from casino.withdrawals.admin.actions import WithdrawalActions
from casino.withdrawals.admin.export import export_answer
from casino.withdrawals.admin.filters import OfAmount, OfMethod, OfRisk, OfState
from casino.withdrawals.admin.sections import (
    checks_section,
    evidence_sections,
    payouts_section,
    risk_section,
    steps_section,
)
from casino.withdrawals.enums import WithdrawalState
from casino.withdrawals.models import Withdrawal
from casino.withdrawals.selectors.evidence import evidence_of
from casino.withdrawals.selectors.numbers import numbers_of, rule_in_force, two_people_needed
from casino.withdrawals.selectors.queue import queue_figures
from casino.withdrawals.services.review import recheck
from casino.withdrawals.states import BEFORE_PAYMENT, FOR_PEOPLE
from common.backoffice.display import NOTHING, instant, money, record_link, span, tag
from common.backoffice.sections import Section
from common.clock import utc_now
from common.scope import PLAYER
from compliance.audit.admin.links import actor_link

VARIANTS = {
    WithdrawalState.REVIEW: "warning", WithdrawalState.KYC: "warning", WithdrawalState.FROZEN: "danger",
    WithdrawalState.IN_PROCESS: "info", WithdrawalState.APPROVED: "primary", WithdrawalState.SUBMITTED: "info",
    WithdrawalState.PAY_PENDING: "info", WithdrawalState.PAID: "success", WithdrawalState.FAILED: "danger",
    WithdrawalState.RETURNED: "danger",
}  # fmt: skip


@admin.register(Withdrawal)
class WithdrawalAdmin(WithdrawalActions):
    """The queue: what waits for people, the longest first; each with everything that a decision looks at."""

    scope = PLAYER
    ordering = ("requested_at",)
    list_display = (
        "reference", "player_link", "money_asked", "method", "state_tag", "age", "risk_tag", "red_rules", "taken",
    )  # fmt: skip
    list_select_related = ("player", "rule")
    list_filter = (OfState, OfMethod, OfAmount, OfRisk)
    list_before_template = "admin/withdrawals/list_head.html"
    search_fields = ("reference", "player__public_id")
    search_help_text = "Reference (W-…) or public id of the player, exactly."
    when_empty = "No withdrawal waits for a colleague. The filter shows everything else."
    facts = (
        (
            None,
            (
                ("player_link", "money_asked"), ("state_tag", "age"), ("risk_tag", "red_rules"),
                ("people_needed", "approved_how"), ("taken", "why"),
            ),
        ),
    )  # fmt: skip

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(player__public_id=term) if term.startswith("pl_") else queryset.filter(reference=term)

    def get_urls(self) -> list[URLPattern]:
        own = path("export/", self.admin_site.admin_view(self.export), name="withdrawals_withdrawal_export")
        return [own, *super().get_urls()]

    def export(self, request: HttpRequest) -> HttpResponse:
        """The list as CSV, with the right to it."""
        return export_answer(self, request)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        extra: dict[str, Any] = {"figures": self._figures(request)}
        if self.may(request, "withdrawals.export_withdrawal"):
            address = reverse("admin:withdrawals_withdrawal_export")
            extra["export_address"] = f"{address}?{request.GET.urlencode()}"
        return super().changelist_view(request, extra | (extra_context or {}))

    def _figures(self, request: HttpRequest) -> list[dict[str, str]]:
        now = utc_now()
        found = queue_figures(rows=self.get_queryset(request), now=now)
        oldest = span((now - found.oldest).total_seconds()) if found.oldest else "nothing waits"

        def time(seconds: float | None) -> str:
            return NOTHING if seconds is None else span(seconds)

        def share(part: float | None) -> str:
            return NOTHING if part is None else f"{part:.0%}"

        week = f"of {found.decided} decided in 7 days"
        return [
            {"title": "Waiting for people", "value": f"{found.waiting:,}", "note": f"longest: {oldest}"},
            {
                "title": "Time to approve", "value": time(found.to_approve_p50),
                "note": f"half are quicker; 95 in 100: {time(found.to_approve_p95)}",
            },
            {"title": "Approved by rule", "value": share(found.auto_share), "note": week},
            {
                "title": "Rules overturned", "value": share(found.overturned),
                "note": "looked at by people and approved after all",
            },
        ]  # fmt: skip

    @admin.display(description="Player")
    def player_link(self, row: Withdrawal) -> str:
        return record_link("players.player", row.player_id, row.player)

    @admin.display(description="Amount")
    def money_asked(self, row: Withdrawal) -> str:
        return money(row.amount, row.currency)

    @admin.display(description="State")
    def state_tag(self, row: Withdrawal) -> str:
        return tag(row.get_state_display(), VARIANTS.get(WithdrawalState(row.state), ""))

    @admin.display(description="Waits")
    def age(self, row: Withdrawal) -> str:
        if row.state not in FOR_PEOPLE:
            return instant(row.state_since)
        waited = utc_now() - row.requested_at
        hours = row.rule.sla_hours if row.rule else 24
        share = waited.total_seconds() / (hours * 3600)
        variant = "danger" if share > 1 else "warning" if share > 0.75 else ""
        return tag(f"{span(waited.total_seconds())} of {hours} h", variant)

    @admin.display(description="Risk")
    def risk_tag(self, row: Withdrawal) -> str:
        return tag(str(row.risk_score), "danger" if row.risk_score >= 50 else "warning" if row.risk_score > 30 else "")

    @admin.display(description="Red rules")
    def red_rules(self, row: Withdrawal) -> str:
        return ", ".join(check["title"] for check in row.checks if not check["green"]) or "none"

    @admin.display(description="Worked on by")
    def taken(self, row: Withdrawal) -> str:
        return actor_link(row.taken_by) if row.taken_by else NOTHING

    @admin.display(description="People who approve")
    def people_needed(self, row: Withdrawal) -> str:
        numbers = numbers_of(rule_in_force(jurisdiction=row.player.jurisdiction, at=utc_now()))
        return "two" if two_people_needed(row.base, numbers) else "one"

    @admin.display(description="Approved")
    def approved_how(self, row: Withdrawal) -> str:
        if row.approved_at is None:
            return NOTHING
        return f"{'by rule' if row.auto_approved else 'by people'}, {row.approved_at:%Y-%m-%d %H:%M} UTC"

    @admin.display(description="Newest reason")
    def why(self, row: Withdrawal) -> str:
        return row.reason or NOTHING

    def sections(self, request: HttpRequest, row: Withdrawal) -> Sequence[Section]:
        now = utc_now()
        shown = [checks_section("Rules at the request", row.checks, "As they stood when they last decided.")]
        if row.state in BEFORE_PAYMENT:
            checks, _risk, rule = recheck(row, now)
            note = f"Asked now, with the numbers of rule {rule.pk}. What binds must be green before it is approved."
            shown.insert(0, checks_section("Rules now", [check.kept() for check in checks], note))
        shown += [
            risk_section(row),
            payouts_section(row),
            *evidence_sections(row, evidence_of(asked=row, now=now), now),
        ]
        return [*shown, steps_section(row)]
