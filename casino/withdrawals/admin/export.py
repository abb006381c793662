"""The list of withdrawals as CSV: what the filters show, for who has the right, told in the trail."""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from common.backoffice.confirmed import staff_actor
from common.backoffice.reach import reach
from common.clock import instant_text, utc_now
from common.csv_text import csv_text
from common.money import decimal_text
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record

RIGHT: Final = "withdrawals.export_withdrawal"
MOST: Final = 20_000
HEADERS: Final = (
    "reference", "player", "brand", "jurisdiction", "amount", "currency", "base", "method", "state", "requested_at_utc",
    "approved_at_utc", "ended_at_utc", "auto_approved", "risk", "red_rules", "reason",
)  # fmt: skip


def export_answer(screen: Any, request: HttpRequest) -> HttpResponse:
    """The rows within reach of the right to export, by the list's own filters, the oldest first."""
    if not screen.has_view_permission(request) or not request.user.has_perm(RIGHT):
        raise PermissionDenied
    changes = screen.get_changelist_instance(request)
    rows = screen.scope.narrow(changes.get_queryset(request), reach(request, RIGHT))
    found = list(rows.select_related("player__brand").order_by("pk")[:MOST])
    now = utc_now()
    audit_record(
        name=EventName.WITHDRAWALS_EXPORTED, actor=staff_actor(request), now=now, subject="withdrawals.withdrawal:list",
        after={"rows": len(found), "filters": dict(request.GET.items())},
    )  # fmt: skip
    answer = HttpResponse(csv_text(HEADERS, (_cells(row) for row in found)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="withdrawals-{now:%Y%m%d-%H%M%S}.csv"'
    return answer


def _cells(row: Any) -> tuple[object, ...]:
    return (
        row.reference, row.player.public_id, row.player.brand.code, row.player.jurisdiction, decimal_text(row.amount),
        row.currency, decimal_text(row.base), row.method, row.state, instant_text(row.requested_at),
        instant_text(row.approved_at) if row.approved_at else "", instant_text(row.ended_at) if row.ended_at else "",
        "yes" if row.auto_approved else "no", row.risk_score,
        " ".join(check["code"] for check in row.checks if not check["green"]), row.reason,
    )  # fmt: skip
