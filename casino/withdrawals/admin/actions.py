"""The buttons of a withdrawal's page: each appears where the state lets it and the person's right does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

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
from casino.withdrawals.states import APPROVE as APPROVE_RIGHT
from casino.withdrawals.states import (
    CANCEL,
    CANCEL_APPROVED,
    CANCEL_PAY_PENDING,
    FREEZE,
    KYC_HOLD,
    PAY,
    START,
    rights_of,
)
from common.backoffice.books import BookScreen
from common.backoffice.confirmed import Question, ReasonForm, confirmed, staff_actor
from common.clock import utc_now
from compliance.approvals.admin.proposal import proposed

Step = Callable[[Withdrawal, str], str]


# Where each button leads; of several, the first that the state lets.
LEADS: Final[dict[str, tuple[W, ...]]] = {
    "start": (W.IN_PROCESS,), "put_back": (W.REVIEW,), "approve": (W.APPROVED,), "propose_approval": (W.APPROVED,),
    "pay": (W.SUBMITTED,), "hold_for_documents": (W.KYC,), "documents_there": (W.REVIEW,), "freeze": (W.FROZEN,),
    "unfreeze": (W.REVIEW,), "reject": (W.REJECTED,), "reject_approved": (W.REJECTED,),
    "give_back": (W.REJECTED, W.PART_PAID),
}  # fmt: skip
RIGHT: Final[dict[str, str]] = {
    "start": START, "put_back": START, "approve": APPROVE_RIGHT, "propose_approval": APPROVE_RIGHT, "pay": PAY,
    "hold_for_documents": KYC_HOLD, "documents_there": KYC_HOLD, "freeze": FREEZE, "unfreeze": FREEZE, "reject": CANCEL,
    "reject_approved": CANCEL_APPROVED, "give_back": CANCEL_PAY_PENDING,
}  # fmt: skip


class WithdrawalActions(BookScreen[Withdrawal]):
    """What colleagues do; a button shows where the state lets it, and the services ask for the right once more."""

    actions_detail = tuple(LEADS)

    def get_actions_detail(self, request: HttpRequest, object_id: str) -> list[Any]:
        """Only the buttons that lead somewhere from here; one person's or two people's approval, not both."""
        found: list[Any] = super().get_actions_detail(request, object_id)  # type: ignore[misc]  # unfold's
        row = Withdrawal.objects.select_related("player").filter(pk=int(object_id)).first()
        if row is None:
            return found
        numbers = numbers_of(rule_in_force(jurisdiction=row.player.jurisdiction, at=utc_now()))
        hidden = "approve" if two_people_needed(row.base, numbers) else "propose_approval"
        return [one for one in found if self._fits(one, row, hidden)]

    def _fits(self, one: Any, row: Withdrawal, hidden: str) -> bool:
        name = one.action_name.rpartition("withdrawals_withdrawal_")[2] or one.action_name
        if name not in LEADS:
            return True
        leads = any(RIGHT[name] in rights_of(row.state, after) for after in LEADS[name])
        return leads and name != hidden

    def has_start_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may take it into work, and put it back."""
        return self.may(request, START, obj)

    def has_approve_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may approve it, or propose its approval."""
        return self.may(request, APPROVE_RIGHT, obj)

    def has_pay_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may send it, or send it again."""
        return self.may(request, PAY, obj)

    def has_documents_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may have it wait for documents."""
        return self.may(request, KYC_HOLD, obj)

    def has_freeze_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may freeze it, and end that."""
        return self.may(request, FREEZE, obj)

    def has_cancel_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may turn it down before it is approved."""
        return self.may(request, CANCEL, obj)

    def has_cancel_approved_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may turn down what is approved."""
        return self.may(request, CANCEL_APPROVED, obj)

    def has_give_back_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may give back what could not be paid."""
        return self.may(request, CANCEL_PAY_PENDING, obj)

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

    @action(description="Propose approval", icon="group", permissions=["approve"], variant=ActionVariant.SUCCESS)
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

    @action(description="Put back", icon="undo", permissions=["start"])
    def put_back(self, request: HttpRequest, object_id: str) -> HttpResponse:
        question = Question("Put it back into the queue?", "Somebody else may take it then.", "Put back")
        return self._moved(request, object_id, question, W.REVIEW, "It waits for review.")

    @action(description="Go on without documents", icon="undo", permissions=["documents"])
    def documents_there(self, request: HttpRequest, object_id: str) -> HttpResponse:
        words = "It waits for review then. Rules that ask for documents bind all the same until they are there."
        question = Question("Wait for documents no longer?", words, "Go on")
        return self._moved(request, object_id, question, W.REVIEW, "It waits for review.")

    @action(description="Unfreeze", icon="sunny", permissions=["freeze"])
    def unfreeze(self, request: HttpRequest, object_id: str) -> HttpResponse:
        question = Question("Unfreeze this withdrawal?", "It waits for review then.", "Unfreeze")
        return self._moved(request, object_id, question, W.REVIEW, "It waits for review.")

    @action(description="Reject", icon="block", permissions=["cancel"], variant=ActionVariant.DANGER)
    def reject(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._rejected(request, object_id)

    @action(description="Reject after all", icon="block", permissions=["cancel_approved"], variant=ActionVariant.DANGER)
    def reject_approved(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._rejected(request, object_id)

    @action(description="Give the rest back", icon="undo", permissions=["give_back"], variant=ActionVariant.DANGER)
    def give_back(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._rejected(request, object_id)

    def _rejected(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def step(row: Withdrawal, reason: str) -> str:
            withdrawal_reject(withdrawal_id=row.pk, reason=reason, actor=staff_actor(request), now=utc_now())
            return "Turned down: what was not paid is the player's again."

        words = "The held money goes back to the player's balance at once. What is paid already stays paid."
        question = Question("Reject this withdrawal?", words, "Reject", dangerous=True)
        return self._asked(request, object_id, question, step)
