from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from casino.calls.admin.filters import Answered, CallTimes, OfProvider
from casino.calls.enums import BodyForm
from casino.calls.layout import laid_out
from casino.calls.models import ProviderCall
from casino.calls.reach import CallsOfPlayers
from common.backoffice.books import BookScreen
from common.backoffice.display import NOTHING, code, precise, tag

BYTES = ("body", "body_sha256", "answer", "headers")


@admin.register(ProviderCall)
class ProviderCallAdmin(BookScreen[ProviderCall]):
    """Every call of a provider as it was received and answered: the evidence for disputes."""

    scope = CallsOfPlayers()
    list_display = ("received", "call_tag", "outcome_tag", "provider_code", "transaction", "player_code", "took")
    list_filter = (("received_at", CallTimes), OfProvider, Answered, ("signature", ChoicesDropdownFilter))
    search_fields = ("provider_transaction_id",)
    search_help_text = "Transaction id, original id, player's public id, round or our call id, exactly, of any time."
    when_empty = "No call in the last 24 hours. Choose a time, or search: a search looks at all that is kept."
    facts = (
        (
            None,
            (
                ("received", "outcome_tag"),
                ("call_tag", "provider_code"),
                ("transaction", "original"),
                ("player_code", "round"),
                ("game_code", "request_name"),
            ),
        ),
        ("Who called", (("remote_address", "key_id"), ("signature_word", "headers_text"))),
        ("Time taken", (("total", "database"), ("edge", "rest"))),
        ("Request", ("line", "body_note", "body_text")),
        ("Answer", ("status", "answer_text")),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[ProviderCall]:
        rows: QuerySet[ProviderCall] = super().get_queryset(request)
        match = request.resolver_match
        return rows.defer(*BYTES) if match and match.url_name == "calls_providercall_changelist" else rows

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        try:
            return queryset.filter(pk=UUID(term))
        except ValueError:
            return queryset.filter(
                Q(provider_transaction_id=term)
                | Q(original_transaction_id=term)
                | Q(player=term)
                | Q(round_reference=term)
            )

    @admin.display(description="Received")
    def received(self, call: ProviderCall) -> str:
        return precise(call.received_at)

    @admin.display(description="Call")
    def call_tag(self, call: ProviderCall) -> str:
        return tag(call.call) if call.call else code(call.path)

    @admin.display(description="Outcome")
    def outcome_tag(self, call: ProviderCall) -> str:
        if call.outcome == "ok":
            return tag("ok, from the record" if call.replayed else "ok", "success")
        words = f"{call.outcome}, from the record" if call.replayed else call.outcome
        return tag(words, "warning" if call.error_class == "retry" else "danger")

    @admin.display(description="Transaction id")
    def transaction(self, call: ProviderCall) -> str:
        return code(call.provider_transaction_id)

    @admin.display(description="Original transaction id")
    def original(self, call: ProviderCall) -> str:
        return code(call.original_transaction_id)

    @admin.display(description="Player")
    def player_code(self, call: ProviderCall) -> str:
        return code(call.player)

    @admin.display(description="Round")
    def round(self, call: ProviderCall) -> str:
        return code(call.round_reference)

    @admin.display(description="Request id")
    def request_name(self, call: ProviderCall) -> str:
        return code(call.request_id)

    @admin.display(description="Signature")
    def signature_word(self, call: ProviderCall) -> str:
        return f"{call.get_signature_display()} (the signature itself is not kept)"

    @admin.display(description="Took")
    def took(self, call: ProviderCall) -> str:
        return milliseconds(call.total_us)

    @admin.display(description="Total")
    def total(self, call: ProviderCall) -> str:
        ended = precise(call.received_at + timedelta(microseconds=call.total_us))
        return format_html("{}, answered {}", milliseconds(call.total_us), ended)

    @admin.display(description="Of it database")
    def database(self, call: ProviderCall) -> str:
        return milliseconds(call.database_us)

    @admin.display(description="Of it parsing and authentication")
    def edge(self, call: ProviderCall) -> str:
        return milliseconds(call.edge_us)

    @admin.display(description="Everything else")
    def rest(self, call: ProviderCall) -> str:
        return milliseconds(max(call.total_us - call.database_us - call.edge_us, 0))

    @admin.display(description="Line")
    def line(self, call: ProviderCall) -> str:
        return code(f"{call.method} {call.path}")

    @admin.display(description="Headers")
    def headers_text(self, call: ProviderCall) -> str:
        return raw("\n".join(f"{name}: {value}" for name, value in call.headers.items()))

    @admin.display(description="Body kept")
    def body_note(self, call: ProviderCall) -> str:
        words = f"{BodyForm(call.body_form).label}; {call.body_length:,} bytes were received"
        if call.body_sha256 is None:
            return words
        return format_html("{}, SHA-256 {}", words, code(bytes(call.body_sha256).hex()))

    @admin.display(description="Body")
    def body_text(self, call: ProviderCall) -> str:
        return raw(laid_out(bytes(call.body)))

    @admin.display(description="Body")
    def answer_text(self, call: ProviderCall) -> str:
        return raw(laid_out(bytes(call.answer)))


def milliseconds(microseconds: int) -> str:
    """Microseconds as milliseconds with two decimals."""
    return f"{microseconds / 1000:,.2f} ms"


def raw(text: str) -> str:
    """Text in a box of its own, escaped, its line breaks kept."""
    return format_html('<pre class="raw">{}</pre>', text) if text else NOTHING
