"""What waits for the person who is signed in: the oldest first, with its age in colour."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django.views.generic import TemplateView

from common.backoffice.display import NOTHING, code, money, record_link, span, tag
from common.backoffice.sections import Section
from common.clock import utc_now
from compliance.approvals.enums import ApprovalState
from compliance.approvals.fingerprint import payload_read
from compliance.approvals.models import Approval
from compliance.approvals.registry import approval_kinds
from compliance.approvals.selectors.queue import approvals_waiting

if TYPE_CHECKING:
    _Page = TemplateView
else:
    from unfold.views import UnfoldModelAdminViewMixin

    class _Page(UnfoldModelAdminViewMixin, TemplateView):
        """A page inside the back office."""


PAGE: Final = 50
LAST_PAGE: Final = 200
HEADERS: Final = ("Age", "Approval", "Amount", "About", "Proposed by", "Why", "Ticket", "Needs", "Time left")


class WaitingView(_Page):
    """The queue of one person: nothing of their own, only what their roles may decide."""

    title = "Waiting for me"
    permission_required = ("approvals.view_approval",)
    template_name = "admin/approvals/waiting.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.pop("model_admin", None)  # unfold gives it again
        context = super().get_context_data(**kwargs)
        now, page = utc_now(), self._page()
        staff: Any = self.request.user
        rows = approvals_waiting(staff=staff, now=now).select_related("maker", "player")
        found = list(rows[(page - 1) * PAGE : page * PAGE + 1])
        titles = {kind.code: kind.title for kind in approval_kinds()}
        context |= {
            "page_number": page,
            "has_next": len(found) > PAGE and page < LAST_PAGE,
            "section": Section(
                "",
                HEADERS,
                [waiting_row(item, titles.get(item.kind, item.kind), now) for item in found[:PAGE]],
                empty="Nothing waits for you. Your own proposals wait for others; you find them in the list of all.",
            ),
        }
        return context

    def _page(self) -> int:
        asked = self.request.GET.get("p", "1")
        return min(max(int(asked), 1), LAST_PAGE) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1


def waiting_row(approval: Approval, title: str, now: datetime) -> tuple[object, ...]:
    """One proposal in the queue."""
    about = (
        record_link("players.player", approval.player_id, approval.player)
        if approval.player_id is not None
        else approval.subject
    )
    return (
        age_tag(approval, now),
        record_link("approvals.approval", approval.pk, f"{title} (no. {approval.pk})"),
        _amount(approval),
        about,
        str(approval.maker),
        approval.reason,
        code(approval.ticket) if approval.ticket else NOTHING,
        _needs(approval),
        span((approval.expires_at - now).total_seconds()),
    )


def _needs(approval: Approval) -> str:
    """How many others still."""
    if approval.state == ApprovalState.APPROVED_ONCE:
        return tag("Third person", "primary")
    return tag("Two others", "info") if approval.approvals_needed > 1 else "one other"


def _amount(approval: Approval) -> str:
    """What a payload that moves money asks for."""
    payload = payload_read(approval.payload)
    if "amount" not in payload or "currency" not in payload:
        return NOTHING
    return money(Decimal(str(payload["amount"])), str(payload["currency"]))


def age_tag(approval: Approval, now: datetime) -> str:
    """The age: green in the first third of its time, amber in the second, red in the last."""
    part = (now - approval.created_at) / (approval.expires_at - approval.created_at)
    variant = "success" if part < 1 / 3 else "warning" if part < 2 / 3 else "danger"
    return tag(span((now - approval.created_at).total_seconds()), variant)
