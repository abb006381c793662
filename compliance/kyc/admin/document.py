from __future__ import annotations

from typing import Any, Final

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import action

from common.backoffice.books import BookScreen
from common.backoffice.confirmed import Question, confirmed, staff_actor
from common.backoffice.display import NOTHING, code, instant, record_link, span, tag
from common.clock import utc_now
from common.scope import PLAYER
from compliance.audit.admin.links import actor_link
from compliance.kyc.admin.document_page import opened
from compliance.kyc.admin.filters import OfState
from compliance.kyc.admin.forms import AcceptForm, OpenForm, RejectForm
from compliance.kyc.enums import DocumentState, RejectReason
from compliance.kyc.models import Document
from compliance.kyc.selectors.queue import REVIEW_SLA
from compliance.kyc.services.documents import document_accept, document_reject

VARIANTS: Final = {
    DocumentState.ACCEPTED: "success",
    DocumentState.REJECTED: "danger",
    DocumentState.INFECTED: "danger",
    DocumentState.EXPIRED: "warning",
    DocumentState.WAITING: "info",
}


@admin.register(Document)
class DocumentAdmin(BookScreen[Document]):
    """The queue of documents, the oldest first. A file is opened beside the player's data, for one page, on record."""

    scope = PLAYER
    ordering = ("pk",)
    list_display = ("kind", "player_link", "age", "state_tag", "scan_tag", "size_words", "expires")
    list_select_related = ("player",)
    list_filter = (OfState, ("kind", ChoicesDropdownFilter))
    search_fields = ("player__public_id",)
    search_help_text = "Public id of the player, exactly."
    when_empty = "No document waits. The filter shows those that are decided."
    facts = (
        (None, (("player_link", "state_tag"), ("kind", "country_word"), ("expires", "scan_tag"))),
        ("File", ("file_name", ("file_type", "size_words"), "digest")),
        ("Time", (("sent", "age"), ("sent_by_whom",))),
        ("Decision", (("decided", "decided_by_whom"), ("why", "note_words"))),
    )
    actions_detail = ("open_file", "accept", "reject")

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(player__public_id=term)

    @admin.display(description="Player")
    def player_link(self, row: Document) -> str:
        return record_link("players.player", row.player_id, row.player)

    @admin.display(description="State")
    def state_tag(self, row: Document) -> str:
        return tag(row.get_state_display(), VARIANTS.get(DocumentState(row.state), ""))

    @admin.display(description="Virus scan")
    def scan_tag(self, row: Document) -> str:
        variant = {"clean": "success", "infected": "danger"}.get(row.scan, "warning")
        return tag(f"{row.get_scan_display()} {row.scan_note}".strip(), variant)

    @admin.display(description="Waits since")
    def age(self, row: Document) -> str:
        waited = (row.decided_at or utc_now()) - row.sent_at
        late = row.state == DocumentState.WAITING and waited > REVIEW_SLA
        return tag(span(waited.total_seconds()), "danger" if late else "")

    @admin.display(description="Size")
    def size_words(self, row: Document) -> str:
        return f"{row.size:,} bytes"

    @admin.display(description="Expires on")
    def expires(self, row: Document) -> str:
        return row.expires_on.isoformat() if row.expires_on else NOTHING

    @admin.display(description="Issued by")
    def country_word(self, row: Document) -> str:
        return row.country or NOTHING

    @admin.display(description="SHA-256")
    def digest(self, row: Document) -> str:
        return code(bytes(row.sha256).hex())

    @admin.display(description="Sent")
    def sent(self, row: Document) -> str:
        return instant(row.sent_at)

    @admin.display(description="Sent by")
    def sent_by_whom(self, row: Document) -> str:
        return actor_link(row.sent_by)

    @admin.display(description="Decided")
    def decided(self, row: Document) -> str:
        return instant(row.decided_at)

    @admin.display(description="Decided by")
    def decided_by_whom(self, row: Document) -> str:
        return actor_link(row.decided_by) if row.decided_by else NOTHING

    @admin.display(description="Why, as the player reads it")
    def why(self, row: Document) -> str:
        return RejectReason(row.reject_reason).label if row.reject_reason else NOTHING

    @admin.display(description="For colleagues")
    def note_words(self, row: Document) -> str:
        return row.note or NOTHING

    def has_open_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may open files."""
        return self.may(request, "kyc.open_document", obj)

    def has_decide_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may decide."""
        return self.may(request, "kyc.decide_document", obj)

    @action(description="Open beside the data", icon="preview", permissions=["open"])
    def open_file(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def perform(row: Document, form: OpenForm) -> HttpResponse:
            return opened(self, request, row, form.cleaned_data["note"])

        words = "The file and the player's identity are shown side by side, for one page. Both are recorded with you."
        question = Question("Open this document?", words, "Open")
        return confirmed(self, request, object_id, question=lambda _row: question, form_class=OpenForm, perform=perform)

    @action(description="Accept", icon="check", permissions=["decide"])
    def accept(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def perform(row: Document, form: AcceptForm) -> str:
            document_accept(
                document_id=row.pk, expires_on=form.cleaned_data["expires_on"], today=utc_now().date(),
                actor=staff_actor(request), now=utc_now(),
            )  # fmt: skip
            return f"{row.get_kind_display()} accepted."

        question = Question(
            "Accept this document?", "Once none waits, the player is verified at what they prove.", "Accept"
        )
        return confirmed(
            self, request, object_id, question=lambda _row: question, form_class=AcceptForm, perform=perform
        )

    @action(description="Reject", icon="close", permissions=["decide"])
    def reject(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def perform(row: Document, form: RejectForm) -> str:
            document_reject(
                document_id=row.pk, reason=RejectReason(form.cleaned_data["reason"]), note=form.cleaned_data["note"],
                actor=staff_actor(request), now=utc_now(),
            )  # fmt: skip
            return f"{row.get_kind_display()} rejected; the player gets a letter."

        words = "The player is told why and asked to send another."
        question = Question("Reject this document?", words, "Reject", dangerous=True)
        return confirmed(
            self, request, object_id, question=lambda _row: question, form_class=RejectForm, perform=perform
        )
