from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import admin
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import URLPattern, path, reverse
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RelatedDropdownFilter
from unfold.decorators import action

from casino.reconciliation.admin.forms import LoadForm
from casino.reconciliation.admin.scorecard import ScorecardView
from casino.reconciliation.enums import BreakKind, Origin, StatementFormat, StatementState
from casino.reconciliation.models import Break, Fault, Line, RoundResult, Statement
from casino.reconciliation.progress import progress_of
from casino.reconciliation.services.statements import statement_receive
from casino.reconciliation.states import WAITING
from casino.reconciliation.wake import statement_wake
from common.backoffice.books import BookScreen
from common.backoffice.confirmed import Question, asked, record_address, staff_actor
from common.backoffice.display import NOTHING, code, instant, list_link, money, record_link, tag
from common.backoffice.sections import Section
from common.clock import utc_now
from common.scope import HouseWide
from compliance.audit.admin.links import actor_link

SHOWN: Final = 100
COLOUR: Final = {
    StatementState.RECEIVED: "info", StatementState.MATCHED: "success", StatementState.REFUSED: "danger"
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """What the box of progress shows (templates/admin/exports/progress.html)."""

    state: str
    label: str
    open: bool
    percent: int | None


@admin.register(Statement)
class StatementAdmin(BookScreen[Statement]):
    """What providers say they booked, each file kept as it came and matched once."""

    scope = HouseWide("A provider tells about all brands in one statement.")
    list_display = ("name_code", "provider", "period", "state_tag", "lines_words", "faults_tag", "breaks_tag", "came")
    list_select_related = ("provider",)
    list_filter = (
        ("provider", RelatedDropdownFilter), ("state", ChoicesDropdownFilter), ("format", ChoicesDropdownFilter)
    )  # fmt: skip
    search_fields = ("name",)
    search_help_text = "The statement's name, exactly."
    when_empty = "No provider has told anything yet."
    facts = (
        (None, (("name_code", "provider"), ("format", "origin"), ("period", "state_tag"))),
        ("Lines", (("lines_words", "faults_tag"), ("breaks_tag", "problem_words"))),
        ("File", (("digest", "size_words"), ("came", "by_whom"), ("finished",))),
    )  # fmt: skip
    actions_list = ("load",)
    change_form_outer_before_template = "admin/exports/progress.html"

    class Media:
        js = ("exports/progress.js",)

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(name=term)

    def get_custom_urls(self) -> tuple[tuple[str, str, Any], ...]:
        return (("scorecard/", "reconciliation_statement_scorecard", ScorecardView.as_view(model_admin=self)),)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.progress)
        own: URLPattern = path("<int:statement_id>/progress/", view, name="reconciliation_statement_progress")
        return [own, *super().get_urls()]

    @admin.display(description="Statement")
    def name_code(self, row: Statement) -> str:
        return code(row.name)

    @admin.display(description="Period")
    def period(self, row: Statement) -> str:
        if row.from_at is None or row.until_at is None:
            return f"{row.day}" if row.day else NOTHING
        return f"{row.from_at:%Y-%m-%d %H:%M} – {row.until_at:%Y-%m-%d %H:%M} UTC"

    @admin.display(description="State")
    def state_tag(self, row: Statement) -> str:
        return tag(row.get_state_display(), COLOUR[StatementState(row.state)])

    @admin.display(description="Lines")
    def lines_words(self, row: Statement) -> str:
        return f"{row.line_count:,}"

    @admin.display(description="Not understood")
    def faults_tag(self, row: Statement) -> str:
        return tag(f"{row.fault_count:,}", "warning") if row.fault_count else tag("none", "success")

    @admin.display(description="Breaks")
    def breaks_tag(self, row: Statement) -> str:
        counts = row.breaks.aggregate(all=Count("pk"), waiting=Count("pk", filter=Q(state__in=WAITING)))
        if counts["waiting"]:
            return tag(f"{counts['waiting']:,} waiting", "danger")
        return tag(f"{counts['all']:,}, none waiting" if counts["all"] else "none", "success")

    @admin.display(description="Problem")
    def problem_words(self, row: Statement) -> str:
        return row.problem or NOTHING

    @admin.display(description="SHA-256")
    def digest(self, row: Statement) -> str:
        return code(f"{row.sha256[:24]}…{row.sha256[-8:]}")

    @admin.display(description="Bytes")
    def size_words(self, row: Statement) -> str:
        return f"{row.size:,}"

    @admin.display(description="Came")
    def came(self, row: Statement) -> str:
        return instant(row.received_at)

    @admin.display(description="By")
    def by_whom(self, row: Statement) -> str:
        return actor_link(row.received_by)

    @admin.display(description="Matched")
    def finished(self, row: Statement) -> str:
        return instant(row.finished_at)

    def progress(self, request: HttpRequest, statement_id: int) -> JsonResponse:
        """How far the reading is, for the page that shows it."""
        row = self.get_object(request, str(statement_id))
        if row is None:
            raise Http404("There is no such statement.")
        shown = _shown(row)
        answer = JsonResponse(
            {"state": shown.state, "percent": shown.percent, "open": shown.open, "words": _words(row)}
        )
        answer["Cache-Control"] = "no-store"
        return answer

    def page_context(self, request: HttpRequest, row: Statement) -> dict[str, Any]:
        address = reverse("admin:reconciliation_statement_progress", args=[row.pk])
        more = {"progress": _shown(row), "progress_words": _words(row), "progress_address": address}
        return super().page_context(request, row) | (more if row.state == StatementState.RECEIVED else {})

    def sections(self, request: HttpRequest, row: Statement) -> Sequence[Section]:
        if row.state == StatementState.RECEIVED:
            return ()
        return (_sides(row), _breaks(row), _broken(row), _faults(row), _rounds(row), _lines(row))

    def has_load_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may load statements."""
        return self.may(request, "reconciliation.load_statement", obj)

    @action(description="Load a statement", icon="upload_file", permissions=["load"])
    def load(self, request: HttpRequest) -> HttpResponse:
        def perform(form: LoadForm) -> HttpResponse:
            told = form.cleaned_data
            row = statement_receive(
                provider_id=told["provider"].pk, written=StatementFormat(told["format"]), origin=Origin.UPLOAD,
                name=told["file"].name, chunks=told["file"].chunks(), day=told["day"], actor=staff_actor(request),
                now=utc_now(),
            )  # fmt: skip
            transaction.on_commit(lambda: statement_wake(row.pk))
            return HttpResponseRedirect(record_address(row))

        words = (
            "It is kept as it came, read line by line and matched to our books. The same file twice changes nothing."
        )
        question = Question("Load a provider's statement?", words, "Load")
        back = reverse("admin:reconciliation_statement_changelist")
        return asked(self, request, question=lambda: question, form_class=LoadForm, perform=perform, back=back)


def _shown(row: Statement) -> Shown:
    told = progress_of(row.pk)
    waits = row.state == StatementState.RECEIVED
    return Shown(row.state, row.get_state_display(), waits, told.percent if told and waits else None)


def _words(row: Statement) -> str:
    told = progress_of(row.pk)
    if row.state != StatementState.RECEIVED or told is None:
        return "A worker takes it up within a minute." if row.state == StatementState.RECEIVED else ""
    if told.stage != "reading":
        return f"{told.lines:,} lines are read and are being matched to our books."
    left = "" if told.seconds_left is None else f", about {told.seconds_left:,} s left"
    return f"{told.lines:,} lines read, {told.rate:,} a second{left}."


def _sides(row: Statement) -> Section:
    cells = [
        (
            one.get_kind_display(), f"{one.theirs_count:,}", money(one.theirs_amount, one.currency),
            f"{one.ours_count:,}", money(one.ours_amount, one.currency),
            money(one.theirs_amount - one.ours_amount, one.currency),
            f"{100 * one.matched_count / one.theirs_count:.2f} %" if one.theirs_count else NOTHING,
        )
        for one in row.tallies.order_by("currency", "kind")
    ]  # fmt: skip
    headers = ("What stands", "Theirs", "Their amount", "Ours", "Our amount", "Theirs − ours", "Agree")
    return Section("Both sides", headers, cells, "Nothing is added up: the list is not of everything.")


def _breaks(row: Statement) -> Section:
    found = Break.objects.filter(statement=row).values("kind").annotate(
        all=Count("pk"), waiting=Count("pk", filter=Q(state__in=WAITING))
    ).order_by("kind")  # fmt: skip
    cells = [(BreakKind(one["kind"]).label, f"{one['all']:,}", f"{one['waiting']:,}") for one in found]
    links = list_link("reconciliation.break", f"provider__id__exact={row.provider_id}", "Breaks of the provider")
    return Section("Breaks by kind", ("Kind", "Found", "Waiting"), cells, "Every line agrees.", note=links)


def _broken(row: Statement) -> Section:
    found = Break.objects.filter(statement=row).order_by("pk")[:SHOWN]
    cells = [
        (
            record_link("reconciliation.break", one.pk, one.transaction_id), one.get_kind_display(),
            money(one.amount, one.currency) if one.currency else NOTHING, one.cause, one.get_state_display(),
        )
        for one in found
    ]  # fmt: skip
    headers = ("Transaction", "What", "In dispute", "Most likely", "State")
    return Section("Breaks found in it", headers, cells, "Every line agrees.", note=f"At most the first {SHOWN}.")


def _faults(row: Statement) -> Section:
    found = Fault.objects.filter(statement=row).order_by("number")[:SHOWN]
    cells = [(one.number, one.problem, code(one.text[:300])) for one in found]
    note = f"The first {SHOWN} of {row.fault_count:,}." if row.fault_count > SHOWN else ""
    return Section(
        "Lines not understood", ("Line", "Problem", "As it stands"), cells, "Every line is understood.", note
    )


def _rounds(row: Statement) -> Section:
    found = RoundResult.objects.filter(statement=row).select_related("line").order_by("line__number")[:SHOWN]
    cells = [(one.line.number, code(one.line.round_reference), one.outcome, one.words) for one in found]
    return Section("Rounds worked off", ("Line", "Round", "Outcome", "Why"), cells, "It tells of no rounds.")


def _lines(row: Statement) -> Section:
    found = Line.objects.filter(statement=row).select_related("result").order_by("number")[:SHOWN]
    cells = [
        (
            one.number, one.get_kind_display(), code(one.of or one.round_reference), code(one.round_reference),
            money(one.amount, one.currency) if one.amount is not None else NOTHING, one.get_state_display(),
            instant(one.at), _verdict(one),
        )
        for one in found
    ]  # fmt: skip
    headers = ("Line", "What", "Transaction", "Round", "Amount", "There", "At", "Result")
    note = f"The first {SHOWN} of {row.line_count:,}." if row.line_count > SHOWN else ""
    return Section("Lines", headers, cells, "There are no lines.", note)


def _verdict(line: Line) -> str:
    result = getattr(line, "result", None)
    if result is None:
        return NOTHING
    words = tag(result.get_verdict_display(), "success" if result.verdict == "agrees" else "danger")
    return record_link("play.leg", result.leg, words) if result.leg else words
