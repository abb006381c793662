from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter
from unfold.decorators import action
from unfold.enums import ActionVariant

from common.backoffice.books import BookScreen
from common.backoffice.confirmed import Question, ReasonForm, confirmed, record_address, staff_actor
from common.backoffice.display import NOTHING, code, instant, record_link, span, tag
from common.backoffice.sections import Section
from common.clock import utc_now
from common.scope import Scoping
from compliance.approvals.admin.approval_sections import (
    consequences_section,
    decisions_section,
    payload_section,
    state_now,
    state_section,
)
from compliance.approvals.admin.propose_adjustment import ProposeAdjustmentView
from compliance.approvals.admin.subjects import row_link
from compliance.approvals.admin.waiting import WaitingView
from compliance.approvals.enums import OPEN_STATES, ApprovalState
from compliance.approvals.fingerprint import payload_read, state_changes
from compliance.approvals.models import Approval
from compliance.approvals.registry import approval_kind_get, approval_kinds
from compliance.approvals.selectors.queue import approvals_waiting
from compliance.approvals.services.decisions import approval_approve, approval_reject, approval_withdraw
from compliance.audit.admin.timeline import timeline_section
from compliance.staff.models import StaffUser

STATE_VARIANT = {
    ApprovalState.PROPOSED: "info", ApprovalState.APPROVED_ONCE: "primary", ApprovalState.EXECUTED: "success",
    ApprovalState.REJECTED: "danger", ApprovalState.REFUSED_STATE_CHANGED: "warning",
}  # fmt: skip
SHORT_STATE = {
    ApprovalState.APPROVED_ONCE: "Approved once", ApprovalState.WITHDRAWN: "Withdrawn",
    ApprovalState.REFUSED_STATE_CHANGED: "Refused: state changed",
}  # fmt: skip


class OfKind(DropdownFilter):
    """By what is proposed."""

    title = "kind"
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(kind.code, kind.title) for kind in approval_kinds()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not (asked := self.value()):
            return queryset
        known = {kind.code for kind in approval_kinds()}
        return queryset.filter(kind=asked) if asked in known else queryset.none()


@admin.register(Approval)
class ApprovalAdmin(BookScreen[Approval]):
    """Everything that needed a second pair of eyes. Decided by the buttons, never edited."""

    scope = Scoping(brand="brand_id", jurisdiction="jurisdiction")
    list_display = ("number", "kind_title", "state_tag", "about", "maker", "reason", "proposed", "ends")
    list_select_related = ("maker", "player")
    list_filter = (("state", ChoicesDropdownFilter), OfKind)
    search_fields = ("subject",)
    search_help_text = "Number of the approval, public id of the player, or ticket, exactly."
    list_before_template = "admin/approvals/list_head.html"
    when_empty = "Nothing was ever proposed. Proposals begin on the page of a player, transaction, provider or role."
    facts = (
        (None, (("kind_title", "state_tag"), ("about", "maker_with_roles"), ("reason_title", "ticket_text"), "reason")),
        ("Time", (("proposed", "ends"), ("ended", "made"))),
    )
    actions_detail = ("approve", "reject", "withdraw")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Approval]:
        """Within reach: what one may propose or decide, and one's own; everything for those who audit."""
        rows = super().get_queryset(request)
        person: Any = request.user
        if person.has_perm("approvals.view_every_approval"):
            return rows
        kinds = [
            kind.code
            for kind in approval_kinds()
            if person.has_perm(kind.propose_permission) or person.has_perm(kind.approve_permission)
        ]
        return rows.filter(Q(kind__in=kinds) | Q(maker_id=person.pk))

    @admin.display(description="No.")
    def number(self, approval: Approval) -> str:
        return f"{approval.pk}"

    @admin.display(description="What")
    def kind_title(self, approval: Approval) -> str:
        known = {kind.code: kind.title for kind in approval_kinds()}
        return known.get(approval.kind, approval.kind)

    @admin.display(description="State")
    def state_tag(self, approval: Approval) -> str:
        state = ApprovalState(approval.state)
        if state in OPEN_STATES and approval.expires_at <= utc_now():
            return tag("Time is over", "warning")
        return tag(SHORT_STATE.get(state, state.label), STATE_VARIANT.get(state, ""))

    @admin.display(description="About")
    def about(self, approval: Approval) -> str:
        if approval.player_id is not None:
            return record_link("players.player", approval.player_id, approval.player)
        return row_link(approval.subject)

    @admin.display(description="Proposed by")
    def maker_with_roles(self, approval: Approval) -> str:
        return f"{approval.maker} ({approval.maker_roles})"

    @admin.display(description="Reason code")
    def reason_title(self, approval: Approval) -> str:
        return approval_kind_get(approval.kind).reasons.get(approval.reason_code, NOTHING)

    @admin.display(description="Ticket")
    def ticket_text(self, approval: Approval) -> str:
        return code(approval.ticket)

    @admin.display(description="Proposed")
    def proposed(self, approval: Approval) -> str:
        return instant(approval.created_at)

    @admin.display(description="Stands until")
    def ends(self, approval: Approval) -> str:
        return instant(approval.expires_at)

    @admin.display(description="Ended")
    def ended(self, approval: Approval) -> str:
        return instant(approval.ended_at)

    @admin.display(description="Made of it")
    def made(self, approval: Approval) -> str:
        return row_link(approval.result) if approval.result else NOTHING

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        if term.isascii() and term.isdigit() and len(term) < 18:
            return queryset.filter(pk=int(term))
        return queryset.filter(Q(player__public_id=term) | Q(ticket=term) | Q(subject=term))

    def sections(self, request: HttpRequest, row: Approval) -> Sequence[Section]:
        standing = state_now(row, utc_now()) if row.state in OPEN_STATES else None
        shown = [payload_section(row), consequences_section(row)]
        if standing is not None:
            shown.append(state_section(row, standing))
            if state_changes(row.state_facts, standing):
                messages.warning(request, "The state changed since this was proposed: approving it would refuse it.")
        return (*shown, decisions_section(row), timeline_section(request, row))

    def get_actions_detail(self, request: HttpRequest, object_id: str) -> list[Any]:
        """Only the buttons that this person may press now."""
        found: list[Any] = super().get_actions_detail(request, object_id)  # type: ignore[misc]  # unfold's
        row = self.get_object(request, object_id)
        fitting = self._fitting(request, row) if row is not None else set()
        return [item for item in found if item.action_name.removeprefix("approvals_approval_") in fitting]

    def _fitting(self, request: HttpRequest, row: Approval) -> set[str]:
        assert isinstance(request.user, StaffUser)
        now = utc_now()
        if row.state not in OPEN_STATES or row.expires_at <= now:
            return set()
        if row.maker_person == request.user.personnel_number:
            return {"withdraw"}
        mine = approvals_waiting(staff=request.user, now=now).filter(pk=row.pk).exists()
        return {"approve", "reject"} if mine else set()

    def has_decide_permission(self, request: HttpRequest, object_id: str = "") -> bool:
        """Who may approve and reject this kind; whether it may be this person is the service's answer."""
        row = self.get_object(request, object_id)
        return row is None or self.may(request, approval_kind_get(row.kind).approve_permission, row)

    def has_withdraw_permission(self, request: HttpRequest, object_id: str = "") -> bool:
        """The maker, with whichever account."""
        row = self.get_object(request, object_id)
        return row is None or row.maker_person == getattr(request.user, "personnel_number", "")

    @action(description="Approve", icon="check", variant=ActionVariant.PRIMARY, permissions=["decide"])
    def approve(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def question(row: Approval) -> Question:
            last = row.approvals_needed == 1 or row.state == ApprovalState.APPROVED_ONCE
            words = (
                "It is carried out at once, exactly as it stands here."
                if last
                else "A third person must approve as well before it is carried out."
            )
            return Question(f"Approve “{self.kind_title(row)}”?", words, "Approve", facts=_summary(row))

        return self._decided(request, object_id, question, approval_approve, step_up=True)

    @action(description="Reject", icon="close", variant=ActionVariant.DANGER, permissions=["decide"])
    def reject(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def question(row: Approval) -> Question:
            words = "It ends here: nothing is done, and the maker reads your reason."
            title = f"Reject “{self.kind_title(row)}”?"
            return Question(title, words, "Reject", dangerous=True, facts=_summary(row))

        return self._decided(request, object_id, question, approval_reject)

    @action(description="Withdraw", icon="undo", permissions=["withdraw"])
    def withdraw(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def question(row: Approval) -> Question:
            words = "You take your proposal back; nothing is done."
            return Question(f"Withdraw “{self.kind_title(row)}”?", words, "Withdraw", facts=_summary(row))

        return self._decided(request, object_id, question, approval_withdraw)

    def _decided(
        self,
        request: HttpRequest,
        object_id: str,
        question: Callable[[Approval], Question],
        service: Callable[..., Approval],
        *,
        step_up: bool = False,
    ) -> HttpResponse:
        def perform(row: Approval, form: ReasonForm) -> str | HttpResponse:
            done = service(
                approval_id=row.pk, reason=form.cleaned_data["reason"], actor=staff_actor(request), now=utc_now()
            )
            if done.state == ApprovalState.REFUSED_STATE_CHANGED:
                last = done.decisions.order_by("-pk").first()
                assert last is not None
                messages.error(request, f"Refused, because the state changed: {last.reason}. Propose it anew.")
                return HttpResponseRedirect(record_address(done))
            return f"{SHORT_STATE.get(ApprovalState(done.state), ApprovalState(done.state).label)}."

        return confirmed(
            self, request, object_id, question=question, form_class=ReasonForm, perform=perform, step_up=step_up
        )

    def get_custom_urls(self) -> tuple[tuple[str, str, Any], ...]:
        return (
            ("waiting/", "approvals_approval_waiting", WaitingView.as_view(model_admin=self)),
            (
                "propose/<str:direction>/<int:player_id>/",
                "approvals_approval_adjust",
                ProposeAdjustmentView(self),
            ),
        )


def _summary(row: Approval) -> list[tuple[str, object]]:
    """What is decided about, in short."""
    kind = approval_kind_get(row.kind)
    left = max((row.expires_at - utc_now()).total_seconds(), 0)
    changes = [(line["name"], f"{line['before']} → {line['after']}") for line in row.consequences]
    return [*kind.facts(payload_read(row.payload)), *changes, ("Why", row.reason), ("Time left", span(left))]
