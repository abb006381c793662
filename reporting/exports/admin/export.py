from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import URLPattern, path, reverse
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import action
from unfold.enums import ActionVariant

from common.backoffice.books import BookScreen
from common.backoffice.confirmed import Question, ReasonForm, asked, confirmed, record_address, staff_actor
from common.backoffice.display import NOTHING, code, instant, record_link, tag
from common.backoffice.reach import reach
from common.backoffice.sections import Section
from common.clock import utc_now
from common.errors import Refusal
from common.scope import HouseWide, Scoping
from compliance.audit.admin.links import actor_link
from reporting.exports.admin.asked import chosen_first, facts_of, report_asked
from reporting.exports.admin.forms import RequestForm
from reporting.exports.admin.words import bytes_words, progress_words, report_title
from reporting.exports.enums import ExportState
from reporting.exports.models import Export
from reporting.exports.selectors.progress import progress_of
from reporting.exports.services.downloads import ticket_make, ticket_use
from reporting.exports.services.ends import export_again, export_cancel
from reporting.exports.services.requests import export_request
from reporting.exports.states import OPEN

VARIANTS: Final = {
    ExportState.WAITING: "warning", ExportState.QUEUED: "info", ExportState.RUNNING: "info",
    ExportState.DONE: "success", ExportState.FAILED: "danger",
}  # fmt: skip
EVERY: Final = "exports.view_every_export"
REACHED: Final = Scoping(brand="brand_id", jurisdiction="jurisdiction")


class _Nothing(forms.Form):
    """No more is asked."""


@admin.register(Export)
class ExportAdmin(BookScreen[Export]):
    """One's own exports; those of everybody for who audits them. Requested from a report's page, never edited."""

    scope = HouseWide("An export is seen by who asked for it; others' need a right of their own, within its reach.")
    list_display = ("number", "report_name", "days", "state_tag", "rows", "size", "who", "requested", "kept_until")
    list_filter = (("state", ChoicesDropdownFilter), ("format", ChoicesDropdownFilter))
    search_fields = ("report",)
    search_help_text = "A report's code, or an export's number, exactly."
    when_empty = "No export was asked for yet: open a report and press Export."
    facts = (
        (None, (("report_name", "days"), ("state_tag", "rows"), ("shape", "size"), ("reason_text", "downloads"))),
        ("Why and who", (("purpose_words", "who"), ("approval_link", "certified_tag"), ("schedule_link",))),
        ("Time", (("requested", "started"), ("snapshot", "kept_until"))),
    )
    actions_detail = ("download", "cancel", "again")
    change_form_outer_before_template = "admin/exports/progress.html"

    class Media:
        js = ("exports/progress.js",)

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(Q(report=term) | Q(pk=int(term) if term.isdecimal() and len(term) < 19 else 0))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Export]:
        rows: QuerySet[Export] = super().get_queryset(request).select_related("schedule", "brand")
        own = Q(requester_id=request.user.pk)
        if not request.user.has_perm(EVERY):
            return rows.filter(own)
        others = REACHED.narrow(Export.objects.all(), reach(request, EVERY))
        return rows.filter(own | Q(pk__in=others.values("pk")))

    def get_urls(self) -> list[URLPattern]:
        def own(address: str, view: Any, name: str) -> URLPattern:
            made: URLPattern = path(address, self.admin_site.admin_view(view), name=f"exports_export_{name}")
            return made

        return [
            own("request/", self.request_page, "request"),
            own("fetch/<str:token>/", self.fetch, "fetch"),
            own("<int:export_id>/progress/", self.progress, "progress"),
            *super().get_urls(),
        ]

    def request_page(self, request: HttpRequest) -> HttpResponse:
        """Asking for a report as files; `report` and its filters are in the address."""
        if not request.user.has_perm("exports.request_export"):
            raise PermissionDenied
        if not request.GET.get("report"):
            return chosen_first(request, reverse("admin:exports_export_changelist"))
        report, question = report_asked(request)

        def perform(form: RequestForm) -> HttpResponseRedirect:
            data = form.cleaned_data
            export = export_request(
                report=report, question=question, actor=staff_actor(request), now=utc_now(), format=data["format"],
                purpose=data["purpose"], purpose_text=data["purpose_text"], bom=data["bom"],
                certified=data["certified"],
            )  # fmt: skip
            told = "Somebody else decides about it." if export.state == ExportState.WAITING else "It is being made."
            messages.success(request, f"Export {export.pk} is requested. {told}")
            return HttpResponseRedirect(record_address(export))

        words = "A signed package: the file, and a manifest that says what it is. The request stands in the trail."
        return asked(
            self, request, form_class=RequestForm, perform=perform, back=reverse("admin:exports_export_changelist"),
            question=lambda: Question(f"Export “{report.title}”?", words, "Request", facts=facts_of(report, question)),
        )  # fmt: skip

    def progress(self, request: HttpRequest, export_id: int) -> JsonResponse:
        """How far it is, for the page that shows it."""
        export = self.get_object(request, str(export_id))
        if export is None:
            raise Http404("There is no such export.")
        found = progress_of(export)
        answer = JsonResponse({"state": found.state, "percent": found.percent, "open": found.open,
                               "words": progress_words(found)})  # fmt: skip
        answer["Cache-Control"] = "no-store"
        return answer

    def fetch(self, request: HttpRequest, token: str) -> HttpResponse:
        """The package, once, for the person whom the link was made for."""
        if not request.user.has_perm("exports.download_export"):
            raise PermissionDenied
        try:
            export, file = ticket_use(token=token, staff_id=int(str(request.user.pk)), now=utc_now())
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return HttpResponseRedirect(reverse("admin:exports_export_changelist"))
        return FileResponse(  # type: ignore[return-value]  # streams, and is an answer all the same
            file.open("rb"), as_attachment=True, filename=f"{export.report}-{export.pk}.zip",
            content_type="application/zip", headers={"Cache-Control": "no-store"},
        )  # fmt: skip

    def page_context(self, request: HttpRequest, row: Export) -> dict[str, Any]:
        found = progress_of(row)
        address = reverse("admin:exports_export_progress", args=[row.pk])
        more = {"progress": found, "progress_words": progress_words(found), "progress_address": address}
        return super().page_context(request, row) | more

    def sections(self, request: HttpRequest, row: Export) -> Sequence[Section]:
        files = [(code(one.name), f"{one.rows:,}" if one.rows else NOTHING, bytes_words(one.bytes), code(one.sha256))
                 for one in row.files.order_by("name")]  # fmt: skip
        question = [(name.replace("_", " "), value) for name, value in sorted(row.question.items())]
        empty = "The files are listed when it is ready."
        if row.package_sha256:
            files.append(("the whole package", NOTHING, bytes_words(row.package_bytes), code(row.package_sha256)))
        return (
            Section("Files", ("File", "Rows", "Size", "SHA-256"), files, empty),
            Section("Asked for", ("Filter", "Value"), question, "Everything in reach."),
        )

    @admin.display(description="No.")
    def number(self, row: Export) -> str:
        return f"{row.pk}"

    @admin.display(description="Report")
    def report_name(self, row: Export) -> str:
        return report_title(row.report)

    @admin.display(description="Period")
    def days(self, row: Export) -> str:
        first, last = row.question.get("first", ""), row.question.get("last", "")
        return first if first == last else f"{first} – {last}"

    @admin.display(description="State")
    def state_tag(self, row: Export) -> str:
        return tag(row.get_state_display(), VARIANTS.get(ExportState(row.state), ""))

    @admin.display(description="Rows")
    def rows(self, row: Export) -> str:
        return f"{row.rows_done:,}" if row.package_sha256 else f"about {row.estimated_rows:,}"

    @admin.display(description="Size")
    def size(self, row: Export) -> str:
        return bytes_words(row.package_bytes) if row.package_bytes else NOTHING

    @admin.display(description="Format")
    def shape(self, row: Export) -> str:
        return row.get_format_display() + (", with a byte-order mark" if row.bom else "")

    @admin.display(description="Requested by")
    def who(self, row: Export) -> str:
        return actor_link(row.requested_by)

    @admin.display(description="What for")
    def purpose_words(self, row: Export) -> str:
        return f"{row.get_purpose_display()}: {row.purpose_text}"

    @admin.display(description="Approval")
    def approval_link(self, row: Export) -> str:
        key = row.approval.partition(":")[2]
        return record_link("approvals.approval", key, f"Approval {key}") if key else "not needed"

    @admin.display(description="Certified")
    def certified_tag(self, row: Export) -> str:
        return tag("certified", "success") if row.certified else "no"

    @admin.display(description="Schedule")
    def schedule_link(self, row: Export) -> str:
        return record_link("exports.exportschedule", row.schedule_id, row.schedule) if row.schedule else NOTHING

    @admin.display(description="Reason")
    def reason_text(self, row: Export) -> str:
        return row.reason or NOTHING

    @admin.display(description="Requested")
    def requested(self, row: Export) -> str:
        return instant(row.requested_at)

    @admin.display(description="Begun")
    def started(self, row: Export) -> str:
        return instant(row.started_at)

    @admin.display(description="Snapshot")
    def snapshot(self, row: Export) -> str:
        return instant(row.snapshot_at)

    @admin.display(description="Kept until")
    def kept_until(self, row: Export) -> str:
        return instant(row.expires_at)

    def _own(self, request: HttpRequest, row: object, right: str, states: Sequence[ExportState]) -> bool:
        if not self.may(request, right, row):
            return False
        export = row if isinstance(row, Export) or row in (None, "") else self.get_object(request, str(row))
        if not isinstance(export, Export):
            return True
        return export.requester_id == request.user.pk and export.state in states

    def has_fetch_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may fetch it: whoever asked for it, once it is ready."""
        return self._own(request, obj, "exports.download_export", (ExportState.DONE,))

    def has_stop_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may stop it: whoever asked for it, while it is under way."""
        return self._own(request, obj, "exports.request_export", OPEN)

    def has_again_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may have it made once more: whoever asked for it, when it failed."""
        return self._own(request, obj, "exports.request_export", (ExportState.FAILED,))

    @action(description="Fetch", icon="download", permissions=["fetch"], variant=ActionVariant.PRIMARY)
    def download(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def perform(row: Export, _form: Any) -> HttpResponseRedirect:
            token = ticket_make(export_id=row.pk, staff_id=int(str(request.user.pk)), now=utc_now())
            return HttpResponseRedirect(reverse("admin:exports_export_fetch", args=[token]))

        words = "The link that follows works once, for you alone, for five minutes. The trail keeps it."
        question = Question("Fetch the package?", words, "Fetch")
        return confirmed(
            self, request, object_id, question=lambda _row: question, form_class=_Nothing, perform=perform, step_up=True
        )

    @action(description="Cancel", icon="cancel", permissions=["stop"])
    def cancel(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def perform(row: Export, form: ReasonForm) -> str:
            export_cancel(
                export_id=row.pk, actor=staff_actor(request), reason=form.cleaned_data["reason"], now=utc_now()
            )
            return "The export is cancelled."

        question = Question("Cancel this export?", "What is written of it is deleted.", "Cancel it", dangerous=True)
        return confirmed(
            self, request, object_id, question=lambda _row: question, form_class=ReasonForm, perform=perform
        )

    @action(description="Try again", icon="refresh", permissions=["again"])
    def again(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def perform(row: Export, _form: Any) -> str:
            export_again(export_id=row.pk, actor=staff_actor(request), now=utc_now())
            return "It is in the queue again."

        question = Question("Make this export again?", "The same question, from its beginning.", "Try again")
        return confirmed(self, request, object_id, question=lambda _row: question, form_class=_Nothing, perform=perform)
