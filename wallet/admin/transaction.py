from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter
from unfold.decorators import action

from casino.games.selectors.providers import provider_names
from casino.play.selectors.rounds import legs_by_provider_transaction
from common.backoffice.books import BookScreen
from common.backoffice.display import NOTHING, code, instant, precise, record_link, tag
from common.backoffice.sections import Section
from common.backoffice.time_range import TimeRange
from common.scope import PLAYER
from compliance.approvals.admin.proposal import proposed
from compliance.approvals.admin.proposal_forms import ProposalForm
from compliance.approvals.kinds.reversal import CODE, reversal_payload
from compliance.approvals.types import Payload
from players.models import Player
from wallet.admin.entry_rows import LINE_HEADERS, line_row, sum_rows
from wallet.admin.recorded_answers import AnswersView
from wallet.enums import TransactionKind
from wallet.models import Transaction
from wallet.selectors.accounts import newest_transactions_of_player
from wallet.selectors.entries import entries_of_transaction
from wallet.services.reversals import REVERSIBLE

KIND_VARIANT = {
    TransactionKind.BET: "info",
    TransactionKind.WIN: "success",
    TransactionKind.JACKPOT_WIN: "success",
    TransactionKind.ROLLBACK: "warning",
    TransactionKind.CHARGEBACK: "danger",
    TransactionKind.ADJUSTMENT: "warning",
    TransactionKind.DEPOSIT: "primary",
    TransactionKind.WITHDRAWAL: "primary",
}


class OfProvider(DropdownFilter):
    """By the provider whose call it was."""

    title = "provider"
    parameter_name = "provider"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(key), name) for key, name in sorted(provider_names().items(), key=lambda item: item[1])]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        return queryset.filter(provider_id=int(value)) if value and value.isdigit() and len(value) < 10 else queryset


@admin.register(Transaction)
class TransactionAdmin(BookScreen[Transaction]):
    """Every business event that moved money, newest first, with its lines."""

    scope = PLAYER
    list_display = ("short_id", "kind_tag", "player_link", "provider", "reference", "actor", "booked")
    list_select_related = ("player",)
    list_filter = (("booked_at", TimeRange), ("kind", ChoicesDropdownFilter), OfProvider)
    search_fields = ("id",)
    search_help_text = "Transaction id, the provider's transaction id, or a player's public id, exactly."
    when_empty = "No money has moved yet. `manage.py demo` plays some; a deposit is the first transaction of a player."
    facts = (
        (
            None,
            (
                ("full_id", "kind_tag"),
                ("player_link", "provider"),
                ("reference", "actor"),
                ("booked_exactly", "occurred"),
                ("reversal", "rate"),
            ),
        ),
    )

    actions_detail = ("reverse",)

    @admin.display(description="Transaction")
    def short_id(self, transaction: Transaction) -> str:
        return code(transaction.pk)

    @admin.display(description="Transaction")
    def full_id(self, transaction: Transaction) -> str:
        return code(transaction.pk)

    @admin.display(description="Kind")
    def kind_tag(self, transaction: Transaction) -> str:
        kind = TransactionKind(transaction.kind)
        return tag(kind.label, KIND_VARIANT.get(kind, ""))

    @admin.display(description="Player")
    def player_link(self, transaction: Transaction) -> str:
        if transaction.player_id is None:
            return NOTHING
        return record_link("players.player", transaction.player_id, transaction.player)

    @admin.display(description="Provider")
    def provider(self, transaction: Transaction) -> str:
        if transaction.provider_id is None:
            return NOTHING
        return provider_names().get(transaction.provider_id, f"No. {transaction.provider_id}")

    @admin.display(description="Booked")
    def booked(self, transaction: Transaction) -> str:
        return instant(transaction.booked_at)

    @admin.display(description="Booked")
    def booked_exactly(self, transaction: Transaction) -> str:
        return precise(transaction.booked_at)

    @admin.display(description="Happened, says the source")
    def occurred(self, transaction: Transaction) -> str:
        return precise(transaction.occurred_at)

    @admin.display(description="Reversal")
    def reversal(self, transaction: Transaction) -> str:
        if transaction.original_id is not None:
            return record_link("wallet.transaction", transaction.original_id, "Takes back this transaction")
        taken_back = Transaction.objects.filter(original_id=transaction.pk).values_list("pk", flat=True).first()
        if taken_back is None:
            return "not taken back"
        return record_link("wallet.transaction", taken_back, "Taken back by this transaction")

    @admin.display(description="Exchange rate")
    def rate(self, transaction: Transaction) -> str:
        if transaction.fx_rate_id is None:
            return "none needed"
        return record_link("wallet.fxrate", transaction.fx_rate_id, transaction.fx_rate)

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        try:
            return queryset.filter(pk=UUID(term))
        except ValueError:
            pass
        player_id = Player.objects.filter(public_id=term).values_list("pk", flat=True).first()
        if player_id is not None:
            return queryset.filter(pk__in=newest_transactions_of_player(player_id))
        ids = legs_by_provider_transaction(provider_ids=list(provider_names()), provider_transaction_id=term)
        return queryset.filter(pk__in=ids)

    def sections(self, request: HttpRequest, row: Transaction) -> Sequence[Section]:
        entries = list(entries_of_transaction(row.pk))
        rows = [line_row(entry) for entry in entries] + sum_rows(entries)
        return (Section("Entries", LINE_HEADERS, rows, empty="No entries: the ledger is damaged, run verify_ledger."),)

    def has_reverse_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may propose a reversal."""
        return self.may(request, "wallet.propose_reversal", obj)

    @action(description="Reverse", icon="undo", permissions=["reverse"])
    def reverse(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def payload_of(transaction: Transaction, _form: ProposalForm) -> Payload:
            return reversal_payload(transaction_id=transaction.pk)

        words = (
            "The very same postings the other way round, as a new transaction, once somebody else approved it. What the"
            " player can not give back becomes owed."
        )
        return proposed(
            self, request, object_id, kind=CODE, title=lambda row: f"Reverse {row.get_kind_display()} {row.pk}",
            explanation=words, payload_of=payload_of, form_class=ProposalForm,
        )  # fmt: skip

    def get_actions_detail(self, request: HttpRequest, object_id: str) -> list[Any]:
        """Reversing is offered for what can be reversed here, once."""
        found: list[Any] = super().get_actions_detail(request, object_id)  # type: ignore[misc]  # unfold's
        row = self.get_object(request, object_id)
        offered = row is not None and row.kind in REVERSIBLE and not Transaction.objects.filter(original_id=row.pk)
        return [item for item in found if offered or not item.action_name.endswith("_reverse")]

    def get_custom_urls(self) -> tuple[tuple[str, str, Any], ...]:
        return (("answers/", "wallet_recordedanswer_search", AnswersView.as_view(model_admin=self)),)
