"""The player's verification: where it stands, documents sent, the provider's check, a person to look at it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.urls import path
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from common.cards import card_found, cards_masked
from common.clock import instant_text
from common.errors import CardNumberRefused
from compliance.kyc.enums import DocumentKind, RejectReason, Status
from compliance.kyc.errors import FileTooLarge
from compliance.kyc.file_types import MAX_BYTES
from compliance.kyc.models import Document
from compliance.kyc.selectors.verification import SHOWN, asked_of, documents_of, state_of
from compliance.kyc.services.applicants import verification_start
from compliance.kyc.services.documents import document_send
from compliance.kyc.services.verification import verification_review
from compliance.kyc.types import NewDocument
from players.api.accounts.shapes import Shape
from players.api.kit.describe import call
from players.api.kit.errors import InvalidRequest
from players.api.kit.throttle import Rate
from players.api.kit.view import PlayerView
from players.models import Player

TAG: Final = "Verification"
# The file, and the other parts of the form around it.
FORM_MOST: Final = MAX_BYTES + 64 * 1024
UPLOADS: Final = Rate(name="documents", account="20/hour", address="120/hour")
STARTS: Final = Rate(name="verification", account="10/hour", address="120/hour")


class DocumentSeen(Shape):
    """A document as the player sees it; never the file."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=DocumentKind.choices)
    state = serializers.CharField()
    file_name = serializers.CharField()
    expires_on = serializers.DateField(allow_null=True)
    sent_at = serializers.DateTimeField()
    reason = serializers.CharField(help_text="Why it was rejected, in words; empty otherwise.")


class VerificationSeen(Shape):
    """Where the verification stands, and what is asked for."""

    status = serializers.ChoiceField(choices=Status.choices)
    level = serializers.IntegerField()
    required_level = serializers.IntegerField()
    due = serializers.CharField(help_text="What asks for it; empty where nothing does.")
    deadline = serializers.DateTimeField(allow_null=True)
    withdrawals_locked = serializers.BooleanField()
    needed = serializers.ListField(child=serializers.CharField(), help_text="Kinds of documents, one of each line.")
    documents = DocumentSeen(many=True)


class DocumentForm(Shape):
    """The form of an upload."""

    kind = serializers.ChoiceField(choices=DocumentKind.choices)
    country = serializers.RegexField(r"\A[A-Z]{2}\Z", required=False, default="")
    expires_on = serializers.DateField(required=False, default=None)
    file = serializers.FileField(allow_empty_file=True, max_length=1000)


class ReviewForm(Shape):
    """Why a person should look."""

    reason = serializers.CharField(max_length=400)


class Started(Shape):
    """How the player's app opens the provider's check."""

    provider = serializers.CharField()
    token = serializers.CharField()


class BoundedForm(MultiPartParser):
    """A form with one file; what says it is longer is not read at all."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        """Raises FileTooLarge, InvalidRequest for a body of unknown length."""
        request: HttpRequest = parser_context["request"]
        length = request.META.get("CONTENT_LENGTH") or ""
        if not length.isdigit():
            raise InvalidRequest(body="tells no Content-Length")
        if int(length) > FORM_MOST:
            raise FileTooLarge
        form = super().parse(stream, media_type, parser_context)
        for name, values in form.data.lists():
            if any(card_found(value) for value in (name, *values)):
                raise CardNumberRefused(place=cards_masked(name))
        return form


class Verification(PlayerView):
    """Where the verification stands."""

    @call(summary="The verification", gives=VerificationSeen, tag=TAG)
    def get(self, _request: Request) -> Response:
        """What is proved, what is asked for, and what was sent."""
        state = state_of(self.player.pk)
        return Response(
            {
                "status": state.status,
                "level": state.level,
                "required_level": state.required,
                "due": state.get_due_display() if state.due else "",
                "deadline": instant_text(state.deadline) if state.deadline else None,
                "withdrawals_locked": state.locked,
                "needed": [" or ".join(DocumentKind(kind).label for kind in kinds) for kinds in asked_of(state)],
                "documents": [document_answer(document) for document in documents_of(self.player.pk)[:SHOWN]],
            }
        )


class Documents(PlayerView):
    """Documents."""

    rate = UPLOADS
    parser_classes = (BoundedForm,)  # type: ignore[assignment]  # a form in place of JSON

    @call(summary="Send a document", takes=DocumentForm, gives=DocumentSeen, status=201, tag=TAG)
    def post(self, request: Request) -> Response:
        """JPEG, PNG or PDF, at most 8 MB, told by its content."""
        asked = self.asked(request, DocumentForm)
        file = asked["file"]
        if file.size > MAX_BYTES:
            raise FileTooLarge
        sent = NewDocument(
            kind=DocumentKind(asked["kind"]), content=file.read(), file_name=file.name or "",
            country=asked["country"], expires_on=asked["expires_on"],
        )  # fmt: skip
        document = document_send(
            player_id=self.player.pk, sent=sent, today=_today(self.player, self.now),
            actor=f"player:{self.player.pk}", now=self.now,
        )  # fmt: skip
        return Response(document_answer(document), status=201)


class Start(PlayerView):
    """The provider's own check."""

    rate = STARTS

    @call(summary="Begin the provider's check", gives=Started, tag=TAG)
    def post(self, _request: Request) -> Response:
        """A token of ten minutes for the provider's SDK, at the level that is asked for."""
        token = verification_start(player=self.player, actor=f"player:{self.player.pk}", now=self.now)
        return Response({"provider": "sumsub", "token": token})


class Review(PlayerView):
    """A person instead of a machine."""

    rate = STARTS

    @call(summary="Have a person look at a decision", takes=ReviewForm, status=204, tag=TAG)
    def post(self, request: Request) -> Response:
        """After a rejection or a wish to send again (GDPR-06)."""
        asked = self.asked(request, ReviewForm)
        verification_review(
            player_id=self.player.pk, reason=f"Asked for by the player: {asked['reason']}",
            actor=f"player:{self.player.pk}", now=self.now,
        )  # fmt: skip
        return Response(status=204)


def document_answer(document: Document) -> dict[str, Any]:
    """One document as the player sees it."""
    return {
        "id": str(document.pk),
        "kind": document.kind,
        "state": document.state,
        "file_name": document.file_name,
        "expires_on": document.expires_on.isoformat() if document.expires_on else None,
        "sent_at": instant_text(document.sent_at),
        "reason": RejectReason(document.reject_reason).label if document.reject_reason else "",
    }


def _today(player: Player, now: datetime) -> date:
    return now.astimezone(ZoneInfo(player.time_zone)).date()


urlpatterns = [
    path("verification", Verification.as_view(), name="player-verification"),
    path("verification/documents", Documents.as_view(), name="player-documents"),
    path("verification/start", Start.as_view(), name="player-verification-start"),
    path("verification/review", Review.as_view(), name="player-verification-review"),
]
