from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import action

from casino.calls.layout import laid_out
from casino.gateways.admin.filters import OfAge, OfGateway, OfOutcome
from casino.gateways.enums import FLAGGED, Outcome, Verdict
from casino.gateways.masking import masked
from casino.gateways.models import GatewayMessage, GatewayNews
from casino.gateways.services.messages import message_work_again
from common.backoffice.books import BookScreen
from common.backoffice.confirmed import Question, ReasonForm, confirmed, staff_actor
from common.backoffice.display import NOTHING, code, instant, money, precise, tag
from common.backoffice.sections import Section
from common.backoffice.time_range import TimeRange
from common.clock import utc_now
from common.scope import HouseWide

SHOWN: Final = 32_000
OUTCOMES: Final = {
    Outcome.APPLIED: "success",
    Outcome.WAITING: "info",
    Outcome.UNKNOWN: "warning",
    Outcome.PUZZLING: "warning",
    Outcome.QUARANTINED: "danger",
    Outcome.FAILED: "danger",
    Outcome.INVALID: "danger",
}
FACTS: Final = ("Fact", "Payment", "At the gateway", "Amount", "What was done", "When")


@admin.register(GatewayMessage)
class GatewayMessageAdmin(BookScreen[GatewayMessage]):
    """Every message of a payment gateway as it came, with its signature's verdict and what became of it."""

    scope = HouseWide("A gateway writes about payments of every brand, by its own numbers.")
    list_display = ("number", "received", "gateway_code", "verdict_tag", "outcome_tag", "tries", "note")
    list_filter = (
        ("received_at", TimeRange), OfGateway, OfOutcome, ("verdict", ChoicesDropdownFilter), OfAge,
    )  # fmt: skip
    search_fields = ("note",)
    search_help_text = "Our payment's reference (D-…, W-…) or the gateway's, exactly; or a message's number."
    when_empty = "No gateway has written yet."
    facts = (
        (None, (("received", "gateway_code"), ("verdict_tag", "outcome_tag"), ("tries", "next_try"), "note")),
        ("As it came (names, accounts and card numbers are hidden)", ("line", "headers_text", "body_text")),
    )
    actions_detail = ("work_again",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[GatewayMessage]:
        rows: QuerySet[GatewayMessage] = super().get_queryset(request)
        match = request.resolver_match
        in_list = match is not None and match.url_name == "gateways_gatewaymessage_changelist"
        return rows.defer("raw", "headers", "query") if in_list else rows

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        if term.isdigit() and len(term) < 10:
            return queryset.filter(pk=int(term))
        told = GatewayNews.objects.filter(reference=term) | GatewayNews.objects.filter(gateway_reference=term)
        return queryset.filter(pk__in=told.values("message_id"))

    @admin.display(description="No.")
    def number(self, message: GatewayMessage) -> str:
        return f"{message.pk}"

    @admin.display(description="Received")
    def received(self, message: GatewayMessage) -> str:
        return precise(message.received_at)

    @admin.display(description="Gateway")
    def gateway_code(self, message: GatewayMessage) -> str:
        return code(message.gateway)

    @admin.display(description="Signature")
    def verdict_tag(self, message: GatewayMessage) -> str:
        return tag(message.get_verdict_display(), "success" if message.verdict == Verdict.VALID else "danger")

    @admin.display(description="What became of it")
    def outcome_tag(self, message: GatewayMessage) -> str:
        return tag(message.get_outcome_display(), OUTCOMES.get(Outcome(message.outcome), ""))

    @admin.display(description="Tries")
    def tries(self, message: GatewayMessage) -> str:
        return f"{message.attempts}" if message.rounds == 1 else f"{message.attempts} (round {message.rounds})"

    @admin.display(description="Next try, or worked off")
    def next_try(self, message: GatewayMessage) -> str:
        return instant(message.next_try_at or message.worked_at)

    @admin.display(description="Line")
    def line(self, message: GatewayMessage) -> str:
        return code(f"{message.method} {masked(f'?{message.query}') if message.query else ''}".strip())

    @admin.display(description="Headers")
    def headers_text(self, message: GatewayMessage) -> str:
        return _boxed(masked("\n".join(f"{name}: {text}" for name, text in message.headers.items())))

    @admin.display(description="Body")
    def body_text(self, message: GatewayMessage) -> str:
        if message.aged_at is not None:
            return format_html("gone since {}; SHA-256 {}", instant(message.aged_at), code(message.raw_sha256))
        raw = bytes(message.raw)
        words = masked(laid_out(raw[:SHOWN]))
        return _boxed(words if len(raw) == message.size <= SHOWN else f"{words}\n… {message.size:,} bytes came")

    def sections(self, request: HttpRequest, row: GatewayMessage) -> Sequence[Section]:
        rows = [
            (news.get_kind_display(), code(news.reference), code(news.gateway_reference),
             money(news.amount, news.currency), news.note, instant(news.counted_at))
            for news in GatewayNews.objects.filter(message=row).order_by("pk")[:100]
        ]  # fmt: skip
        empty = "None: it told nothing that was not counted before, or is not worked off yet."
        return (Section("Facts that it told first", FACTS, rows, empty),)

    @action(description="Work again", icon="replay", permissions=["work"])
    def work_again(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def perform(row: GatewayMessage, form: ReasonForm) -> str:
            message_work_again(
                message_id=row.pk, reason=form.cleaned_data["reason"], actor=staff_actor(request), now=utc_now()
            )
            return "It is worked off again now; what it told before counts once."

        words = (
            "Say what was put right. Facts that count already are skipped; the others are told to the cashier again."
        )
        question = Question("Work this message off again?", words, "Work again")
        return confirmed(
            self, request, object_id, question=lambda _row: question, form_class=ReasonForm, perform=perform
        )

    def has_work_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may have messages worked off again."""
        return self.may(request, "gateways.work_gatewaymessage", obj)

    def get_actions_detail(self, request: HttpRequest, object_id: str) -> list[Any]:
        """Only for what was flagged."""
        row = self.get_object(request, object_id)
        found: list[Any] = super().get_actions_detail(request, object_id)  # type: ignore[misc]  # unfold's
        return found if row is not None and row.outcome in FLAGGED else []


def _boxed(text: str) -> str:
    return format_html('<pre class="raw">{}</pre>', text) if text else NOTHING
