from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.decorators import action

from common.backoffice.books import BookScreen
from common.backoffice.confirmed import Question, ReasonForm, confirmed, staff_actor
from common.backoffice.display import NOTHING, instant, record_link, span, tag
from common.backoffice.sections import Section
from common.clock import utc_now
from common.scope import PLAYER
from compliance.audit.admin.links import actor_link
from compliance.kyc.admin.filters import OfStatus
from compliance.kyc.admin.forms import AskForm, DecideForm
from compliance.kyc.enums import Due, Level, Status
from compliance.kyc.models import KycState
from compliance.kyc.selectors.queue import REVIEW_SLA
from compliance.kyc.selectors.verification import SHOWN, asked_of, decisions_of, documents_of
from compliance.kyc.services.verification import verification_ask, verification_decide, verification_review

VARIANTS = {
    Status.VERIFIED: "success",
    Status.REJECTED: "danger",
    Status.REVIEW: "warning",
    Status.RESUBMIT: "info",
    Status.PENDING: "info",
}


@admin.register(KycState)
class VerificationAdmin(BookScreen[KycState]):
    """Who waits for a colleague, the oldest first; each with what is asked, sent and decided."""

    scope = PLAYER
    ordering = ("pk",)
    list_display = ("player_link", "age", "status_tag", "level_word", "asks", "time_left", "lock")
    list_display_links = ("status_tag",)  # the player has a page of his own
    list_select_related = ("player",)
    list_filter = (OfStatus,)
    search_fields = ("player__public_id",)
    search_help_text = "Public id of the player, exactly."
    when_empty = "Nobody waits for a colleague. The filter shows everybody else."
    facts = (
        (None, (("player_link", "status_tag"), ("level_word", "asks"), ("lock", "needed"))),
        ("Time", (("age", "changed"), ("since", "time_left"))),
        ("Provider", (("provider_word", "applicant_word"),)),
    )
    actions_detail = ("verify", "reject", "ask_person", "ask_level")

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(player__public_id=term)

    @admin.display(description="Player")
    def player_link(self, row: KycState) -> str:
        return record_link("players.player", row.player_id, row.player)

    @admin.display(description="Status")
    def status_tag(self, row: KycState) -> str:
        return tag(row.get_status_display(), VARIANTS.get(Status(row.status), ""))

    @admin.display(description="Proved")
    def level_word(self, row: KycState) -> str:
        return Level(row.level).label

    @admin.display(description="Asked for")
    def asks(self, row: KycState) -> str:
        return f"{Level(row.required).label}: {Due(row.due).label.lower()}" if row.due else NOTHING

    @admin.display(description="Documents that would prove it")
    def needed(self, row: KycState) -> str:
        return "; ".join(" or ".join(kind.label for kind in kinds) for kinds in asked_of(row)) or NOTHING

    @admin.display(description="Withdrawals")
    def lock(self, row: KycState) -> str:
        if row.stopped:
            return tag("locked, play stopped", "danger")
        return tag("locked", "warning") if row.locked else tag("open", "success")

    @admin.display(description="Waits since")
    def age(self, row: KycState) -> str:
        waited = utc_now() - row.changed_at
        late = row.status == Status.REVIEW and waited > REVIEW_SLA
        soon = row.status == Status.REVIEW and waited > REVIEW_SLA * 0.75
        return tag(span(waited.total_seconds()), "danger" if late else "warning" if soon else "")

    @admin.display(description="Time left")
    def time_left(self, row: KycState) -> str:
        if row.deadline is None:
            return NOTHING
        left = (row.deadline - utc_now()).total_seconds()
        return tag("passed", "danger") if left <= 0 else span(left)

    @admin.display(description="Changed")
    def changed(self, row: KycState) -> str:
        return instant(row.changed_at)

    @admin.display(description="Asked since")
    def since(self, row: KycState) -> str:
        return instant(row.due_since)

    @admin.display(description="Provider")
    def provider_word(self, row: KycState) -> str:
        return row.provider or NOTHING

    @admin.display(description="Its number")
    def applicant_word(self, row: KycState) -> str:
        return row.applicant or NOTHING

    def sections(self, request: HttpRequest, row: KycState) -> Sequence[Section]:
        documents = [
            (record_link("kyc.document", one.pk, one.get_kind_display()), one.get_state_display(), instant(one.sent_at))
            for one in documents_of(row.player_id)[:SHOWN]
        ]
        decisions = [
            (instant(one.decided_at), one.get_status_display(), Level(one.level).label, one.reason,
             ", ".join(one.labels) or NOTHING, actor_link(one.actor), "machine" if one.automated else "person")
            for one in decisions_of(row.player_id)[:SHOWN]
        ]  # fmt: skip
        return (
            Section("Documents", ("Document", "State", "Sent"), documents, "Nothing was sent.",
                    permission="kyc.view_document"),
            Section("Decisions", ("When", "To", "Level", "Why", "Labels", "By", "Decided by a"), decisions,
                    "Nothing was decided."),
        )  # fmt: skip

    def has_decide_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may decide."""
        return self.may(request, "kyc.decide_verification", obj)

    def has_ask_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may ask for a verification."""
        return self.may(request, "kyc.ask_verification", obj)

    @action(description="Verify", icon="verified_user", permissions=["decide"])
    def verify(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def perform(row: KycState, form: DecideForm) -> str:
            verification_decide(
                player_id=row.player_id, accept=True, level=Level(int(form.cleaned_data["level"])),
                reason=form.cleaned_data["reason"], actor=staff_actor(request), now=utc_now(),
            )  # fmt: skip
            return f"{row.player} is verified."

        words = "Say on what it rests. What was asked for below this level is settled."
        question = Question("Verify this player?", words, "Verify")
        return confirmed(
            self, request, object_id, question=lambda _row: question, form_class=DecideForm, perform=perform
        )

    @action(description="Reject", icon="gpp_bad", permissions=["decide"])
    def reject(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def perform(row: KycState, form: ReasonForm) -> str:
            verification_decide(
                player_id=row.player_id, accept=False, level=Level.NONE, reason=form.cleaned_data["reason"],
                actor=staff_actor(request), now=utc_now(),
            )  # fmt: skip
            return f"The verification of {row.player} is rejected."

        words = "The player can not bet any more and may ask for another look. Withdrawal is decided apart."
        question = Question("Reject this verification?", words, "Reject", dangerous=True)
        return confirmed(
            self, request, object_id, question=lambda _row: question, form_class=ReasonForm, perform=perform
        )

    @action(description="Take for a person", icon="person_raised_hand", permissions=["decide"])
    def ask_person(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def perform(row: KycState, form: ReasonForm) -> str:
            verification_review(
                player_id=row.player_id, reason=form.cleaned_data["reason"], actor=staff_actor(request), now=utc_now()
            )
            return "It waits for a colleague now."

        question = Question("Have a person look?", "A decision of a machine is looked at again (GDPR-06).", "Take")
        return confirmed(
            self, request, object_id, question=lambda _row: question, form_class=ReasonForm, perform=perform
        )

    @action(description="Ask for a level", icon="assignment_late", permissions=["ask"])
    def ask_level(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def perform(row: KycState, form: AskForm) -> str:
            state = verification_ask(
                player_id=row.player_id, due=Due.STAFF, level=Level(int(form.cleaned_data["level"])), policy_row=None,
                reason=form.cleaned_data["reason"], actor=staff_actor(request), now=utc_now(),
            )  # fmt: skip
            return f"{Level(state.required).label} is asked for." if state.due else "That is proved already."

        words = "Withdrawals are locked until it is proved; deposits and bets go on until the policy's time is over."
        question = Question("Ask for a level?", words, "Ask")
        return confirmed(self, request, object_id, question=lambda _row: question, form_class=AskForm, perform=perform)
