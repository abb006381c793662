"""The buttons of a withdrawal's page: each appears where the state lets it and the person's right does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from unfold.decorators import action
from unfold.enums import ActionVariant

from casino.withdrawals.approval_kinds import APPROVE, approve_payload
from casino.withdrawals.enums import WithdrawalState as W
from casino.withdrawals.models import Withdrawal
from casino.withdrawals.selectors.numbers import numbers_of, rule_in_force, two_people_needed
from casino.withdrawals.services.endings import withdrawal_reject
from casino.withdrawals.services.payments import payout_send, payouts_due, withdrawal_submit
from casino.withdrawals.services.review import withdrawal_approve, withdrawal_move
from casino.withdrawals.states import TRANSITIONS, may_follow, rights_of
from common.backoffice.books import BookScreen
from common.backoffice.confirmed import Question, ReasonForm, confirmed, staff_actor
from common.clock import utc_now
from compliance.approvals.admin.proposal import proposed

Step = Callable[[Withdrawal, str], str]


class WithdrawalActions(BookScreen[Withdrawal]):
    """What colleagues do; the services ask for the right once more."""

    actions_detail = (
        "start", "approve", "propose_approval", "pay", "hold_for_documents", "freeze", "back_to_review", "reject",
    )  # fmt: skip

    def _may_go(self, request: HttpRequest, key: object, *targets: W) -> bool:
        row = self._row(key)
        if row is None:
            return any(
                request.user.has_perm(right)
                for (_before, after), rights in TRANSITIONS.items()
                if after in targets
                for right in rights
                if "." in right
            )
        return any(
            may_follow(row.state, after)
            and any("." in r and self.may(request, r, row) for r in rights_of(row.state, after))
            for after in targets
        )

    def _row(self, key: object) -> Withdrawal | None:
        if isinstance(key, Withdrawal) or key in (None, ""):
            return key if isinstance(key, Withdrawal) else None
        return Withdrawal.objects.select_related("player").filter(pk=int(str(key))).first()

    def _needs_two(self, key: object) -> bool:
        row = self._row(key)
        if row is None:
            return False
        numbers = numbers_of(rule_in_force(jurisdiction=row.player.jurisdiction, at=utc_now()))
        return two_people_needed(row.base, numbers)

    def has_start_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may take it into work now."""
        return self._may_go(request, obj, W.IN_PROCESS)

    def has_approve_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may approve it alone."""
        return self._may_go(request, obj, W.APPROVED) and not self._needs_two(obj)

    def has_propose_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may propose its approval to somebody else."""
        return self._may_go(request, obj, W.APPROVED) and (self._needs_two(obj) or obj in (None, ""))

    def has_pay_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may send it, or send it again."""
        return self._may_go(request, obj, W.SUBMITTED)

    def has_documents_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may have it wait for documents."""
        return self._may_go(request, obj, W.KYC)

    def has_freeze_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may freeze it."""
        return self._may_go(request, obj, W.FROZEN)

    def has_back_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may put it back into the queue."""
        return self._may_go(request, obj, W.REVIEW)

    def has_reject_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may turn it down."""
        return self._may_go(request, obj, W.REJECTED)

    def _asked(self, request: HttpRequest, object_id: str, question: Question, step: Step) -> HttpResponse:
        def perform(row: Withdrawal, form: ReasonForm) -> str:
            return step(row, form.cleaned_data["reason"])

        return confirmed(
            self, request, object_id, question=lambda _row: question, form_class=ReasonForm, perform=perform
        )

    def _moved(self, request: HttpRequest, object_id: str, question: Question, to: W, done: str) -> HttpResponse:
        def step(row: Withdrawal, reason: str) -> str:
            withdrawal_move(withdrawal_id=row.pk, to=to, reason=reason, actor=staff_actor(request), now=utc_now())
            return done

        return self._asked(request, object_id, question, step)

    @action(description="Take it", icon="front_hand", permissions=["start"], variant=ActionVariant.PRIMARY)
    def start(self, request: HttpRequest, object_id: str) -> HttpResponse:
        words = "From now on the player can not take it back."
        question = Question("Work on this withdrawal?", words, "Take it")
        return self._moved(request, object_id, question, W.IN_PROCESS, "It is yours now.")

    @action(description="Approve", icon="check_circle", permissions=["approve"], variant=ActionVariant.SUCCESS)
    def approve(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def step(row: Withdrawal, reason: str) -> str:
            withdrawal_approve(withdrawal_id=row.pk, reason=reason, actor=staff_actor(request), now=utc_now())
            return "Approved. Somebody with the right to pay sends it."

        words = "The rules are asked once more. What binds must be green; what is only to be looked at you answer for."
        return self._asked(request, object_id, Question("Approve this withdrawal?", words, "Approve"), step)

    @action(description="Propose approval", icon="group", permissions=["propose"], variant=ActionVariant.SUCCESS)
    def propose_approval(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def payload(row: Withdrawal, _form: Any) -> Any:
            return approve_payload(asked=row)

        return proposed(
            self, request, object_id, kind=APPROVE, title=lambda row: f"Approve {row.reference}",
            explanation="From this amount on two people approve. The rules are asked again when the second one does.",
            payload_of=payload,
        )  # fmt: skip

    @action(description="Pay", icon="send", permissions=["pay"], variant=ActionVariant.SUCCESS)
    def pay(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def step(row: Withdrawal, reason: str) -> str:
            asked = withdrawal_submit(withdrawal_id=row.pk, reason=reason, actor=staff_actor(request), now=utc_now())
            if asked.state == W.FROZEN:
                return f"It was frozen and not sent. {asked.reason}"
            for payout_id in payouts_due(withdrawal_id=row.pk):
                payout_send(payout_id=payout_id, actor=staff_actor(request), now=utc_now())
            row.refresh_from_db()
            return f"{row.reference}: {row.get_state_display().lower()}."

        words = "Each part goes to its gateway now. What failed before is sent as a new payment."
        return self._asked(request, object_id, Question("Send the money?", words, "Pay"), step)

    @action(description="Wait for documents", icon="badge", permissions=["documents"])
    def hold_for_documents(self, request: HttpRequest, object_id: str) -> HttpResponse:
        words = "It goes on by itself once the verification that the rules ask for is there."
        question = Question("Wait for documents?", words, "Wait")
        return self._moved(request, object_id, question, W.KYC, "It waits for documents.")

    @action(description="Freeze", icon="ac_unit", permissions=["freeze"], variant=ActionVariant.DANGER)
    def freeze(self, request: HttpRequest, object_id: str) -> HttpResponse:
        words = "Nothing moves until it is put back. The player sees that we look at it, and nothing more."
        question = Question("Freeze this withdrawal?", words, "Freeze", dangerous=True)
        return self._moved(request, object_id, question, W.FROZEN, "It is frozen.")

    @action(description="Back to review", icon="undo", permissions=["back"])
    def back_to_review(self, request: HttpRequest, object_id: str) -> HttpResponse:
        question = Question("Put it back into the queue?", "Somebody else may take it then.", "Put back")
        return self._moved(request, object_id, question, W.REVIEW, "It waits for review.")

    @action(description="Reject", icon="block", permissions=["reject"], variant=ActionVariant.DANGER)
    def reject(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def step(row: Withdrawal, reason: str) -> str:
            withdrawal_reject(withdrawal_id=row.pk, reason=reason, actor=staff_actor(request), now=utc_now())
            return "Turned down: what was not paid is the player's again."

        words = "The held money goes back to the player's balance at once. What is paid already stays paid."
        return self._asked(
            request, object_id, Question("Reject this withdrawal?", words, "Reject", dangerous=True), step
        )
