from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html_join
from unfold.decorators import action

from casino.settlements.admin.clearing import ClearingView
from casino.settlements.admin.forms import LoadForm
from casino.settlements.models import Break, SettlementFile, SettlementLine
from casino.settlements.services.files import settlement_load
from casino.settlements.services.reconciliation import reconcile
from casino.settlements.states import WAITING
from common.backoffice.books import BookScreen
from common.backoffice.confirmed import Question, asked, staff_actor
from common.backoffice.display import NOTHING, code, instant, money, record_link, tag
from common.backoffice.sections import Section
from common.clock import utc_now
from common.scope import HouseWide
from compliance.audit.admin.links import actor_link

SHOWN: Final = 200


@admin.register(SettlementFile)
class SettlementFileAdmin(BookScreen[SettlementFile]):
    """Gateways' files, each booked once; totals are the ledger's, lines lead to what they settle."""

    scope = HouseWide("A gateway settles for the house as a whole, over all brands.")
    list_display = ("name_code", "gateway", "period", "line_count", "totals_words", "breaks_tag", "loaded")
    search_fields = ("name",)
    search_help_text = "The file's name, exactly."
    when_empty = "No gateway has settled anything yet."
    facts = (
        (None, (("name_code", "gateway"), ("period", "line_count"), ("totals_words", "breaks_tag"))),
        ("Booking", (("transaction_link", "digest"), ("loaded", "loaded_by_whom"))),
    )
    actions_list = ("load",)

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(name=term)

    def get_queryset(self, request: HttpRequest) -> QuerySet[SettlementFile]:
        rows: QuerySet[SettlementFile] = super().get_queryset(request)
        return rows.prefetch_related("totals")

    def get_custom_urls(self) -> tuple[tuple[str, str, Any], ...]:
        return (("clearing/", "settlements_settlementfile_clearing", ClearingView.as_view(model_admin=self)),)

    @admin.display(description="File")
    def name_code(self, row: SettlementFile) -> str:
        return code(row.name)

    @admin.display(description="Days")
    def period(self, row: SettlementFile) -> str:
        return f"{row.period_from}" if row.period_from == row.period_to else f"{row.period_from} – {row.period_to}"

    @admin.display(description="Gross, fee, net")
    def totals_words(self, row: SettlementFile) -> str:
        told = [money(amount, one.currency) for one in row.totals.all() for amount in (one.gross, one.fee, one.net)]
        return format_html_join(", ", "{}", ((one,) for one in told)) or NOTHING

    @admin.display(description="Breaks")
    def breaks_tag(self, row: SettlementFile) -> str:
        counts = Break.objects.filter(line__file=row).aggregate(
            all=Count("pk"), waiting=Count("pk", filter=Q(state__in=WAITING))
        )
        if counts["waiting"]:
            return tag(f"{counts['waiting']} waiting", "danger")
        return tag(f"{counts['all']}, none waiting" if counts["all"] else "none", "success")

    @admin.display(description="Ledger")
    def transaction_link(self, row: SettlementFile) -> str:
        if row.transaction_id is None:
            return NOTHING
        return record_link("wallet.transaction", row.transaction_id, str(row.transaction_id))

    @admin.display(description="SHA-256")
    def digest(self, row: SettlementFile) -> str:
        return code(f"{row.sha256[:24]}…{row.sha256[-8:]}")

    @admin.display(description="Loaded")
    def loaded(self, row: SettlementFile) -> str:
        return instant(row.loaded_at)

    @admin.display(description="By")
    def loaded_by_whom(self, row: SettlementFile) -> str:
        return actor_link(row.loaded_by)

    def sections(self, request: HttpRequest, row: SettlementFile) -> Sequence[Section]:
        found = row.lines.select_related("match__movement").order_by("number")[:SHOWN]
        note = f"The first {SHOWN} of {row.line_count:,}." if row.line_count > SHOWN else ""
        headers = ("Line", "Fact", "Our reference", "Theirs", "Gross", "Fee", "Day", "Settles")
        return (Section("Lines", headers, [_cells(line) for line in found], "There are no lines.", note),)

    def has_load_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may load files."""
        return self.may(request, "settlements.load_settlementfile", obj)

    @action(description="Load a file", icon="upload_file", permissions=["load"])
    def load(self, request: HttpRequest) -> HttpResponse:
        def perform(form: LoadForm) -> str:
            sent, now = form.cleaned_data["file"], utc_now()
            file = settlement_load(
                gateway=form.cleaned_data["gateway"], name=sent.name, content=sent.read(), actor=staff_actor(request),
                now=now,
            )  # fmt: skip
            reconcile(now=now)
            return f"{file.name}: {file.line_count} lines are booked."

        words = "It is read whole and booked once: gross leaves clearing, net reaches the bank, fees are costs."
        question = Question("Load a settlement file?", words, "Load")
        back = reverse("admin:settlements_settlementfile_changelist")
        return asked(self, request, question=lambda: question, form_class=LoadForm, perform=perform, back=back)


def _cells(line: SettlementLine) -> tuple[object, ...]:
    match = getattr(line, "match", None)
    if match is not None:
        link = record_link("wallet.transaction", match.movement.transaction_id, match.movement.get_kind_display())
        settles: object = link if not match.difference else tag(f"differs: {match.difference.normalize():f}", "danger")
    else:
        settles = tag("unknown to us", "danger") if line.gross else NOTHING
    return (
        line.number, line.get_kind_display() if line.gross else line.text or "Fee", code(line.reference),
        code(line.gateway_reference), money(line.gross, line.currency), money(line.fee, line.currency),
        f"{line.booked_on}", settles,
    )  # fmt: skip
