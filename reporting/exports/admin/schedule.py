from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import action

from common.backoffice.books import BookScreen
from common.backoffice.confirmed import Question, ReasonForm, asked, confirmed, record_address, staff_actor
from common.backoffice.display import NOTHING, instant, record_link, tag
from common.backoffice.reach import reach
from common.backoffice.sections import Section
from common.clock import utc_now
from common.scope import HouseWide
from compliance.approvals.admin.proposal import proposal_page
from compliance.approvals.types import Payload
from reporting.catalogue.asking import question_as_data
from reporting.exports.admin.asked import chosen_first, facts_of, report_asked
from reporting.exports.admin.export import EVERY, REACHED
from reporting.exports.admin.forms import ScheduleForm, ScheduleProposal
from reporting.exports.admin.words import report_title
from reporting.exports.approval_schedule import SCHEDULE_KIND, schedule_payload
from reporting.exports.models import ExportSchedule
from reporting.exports.services.schedules import DAYS, schedule_end, schedule_make

MANAGE = "exports.manage_exportschedule"


@admin.register(ExportSchedule)
class ExportScheduleAdmin(BookScreen[ExportSchedule]):
    """What is exported by itself, how often, for whom. Ended by a button, never edited: another one is another row."""

    scope = HouseWide("A schedule is seen by its owner; others' need a right of their own, within its reach.")
    list_display = ("title", "report_name", "often", "delivered", "owner_name", "state_tag", "last_period")
    list_filter = (("cadence", ChoicesDropdownFilter), ("delivery", ChoicesDropdownFilter))
    search_fields = ("report",)
    search_help_text = "A report's code, exactly."
    when_empty = "Nothing is exported by itself: open a report and press Schedule."
    facts = (
        (None, (("title", "report_name"), ("often", "delivered"), ("state_tag", "problem_text"))),
        ("Why and who", (("purpose_words", "owner_name"), ("approval_link", "shape"), ("first_day", "made"))),
    )
    actions_detail = ("end",)

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(report=term)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ExportSchedule]:
        rows: QuerySet[ExportSchedule] = super().get_queryset(request).select_related("owner", "brand")
        own = Q(owner_id=request.user.pk)
        if not request.user.has_perm(EVERY):
            return rows.filter(own)
        others = REACHED.narrow(ExportSchedule.objects.all(), reach(request, EVERY))
        return rows.filter(own | Q(pk__in=others.values("pk")))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.make)
        return [path("make/", view, name="exports_exportschedule_make"), *super().get_urls()]

    def make(self, request: HttpRequest) -> HttpResponse:
        """A schedule of the report and the filters in the address; of personal data, for two people."""
        if not request.user.has_perm(MANAGE):
            raise PermissionDenied
        if not request.GET.get("report"):
            return chosen_first(request, reverse("admin:exports_exportschedule_changelist"))
        report, question = report_asked(request)
        kept = {name: value for name, value in question_as_data(question).items() if name not in DAYS}
        owner = int(str(request.user.pk))
        back = reverse("admin:exports_exportschedule_changelist")
        words = "Each period's export is made once it is over, within what you may see then; missed ones are made up."
        if report.personal:

            def payload(form: ScheduleProposal) -> Payload:
                return schedule_payload(report=report.code, question=kept, owner_id=owner, **form.schedule_data())

            return proposal_page(
                self, request, kind=SCHEDULE_KIND, title=f"Schedule “{report.title}”", explanation=words,
                payload_of=payload, form_class=ScheduleProposal, back=back,
            )  # fmt: skip

        def perform(form: ScheduleForm) -> HttpResponseRedirect:
            made = schedule_make(
                report=report.code, question=kept, owner_id=owner, actor=staff_actor(request), now=utc_now(),
                **form.schedule_data(),
            )  # fmt: skip
            messages.success(request, f"“{made.title}” is scheduled.")
            return HttpResponseRedirect(record_address(made))

        facts = [fact for fact in facts_of(report, question) if fact[0] != "Period"]
        return asked(
            self, request, form_class=ScheduleForm, perform=perform, back=back,
            question=lambda: Question(f"Schedule “{report.title}”?", words, "Schedule", facts=facts),
        )  # fmt: skip

    def sections(self, request: HttpRequest, row: ExportSchedule) -> Sequence[Section]:
        exports = [
            (record_link("exports.export", one.pk, one.period), one.get_state_display(), f"{one.rows_done:,}",
             instant(one.ended_at), instant(one.delivered_at))
            for one in row.exports.order_by("-pk")[:50]
        ]  # fmt: skip
        question = [(name.replace("_", " "), value) for name, value in sorted(row.question.items())]
        return (
            Section("Exports", ("Period", "State", "Rows", "Ended", "Delivered"), exports, "No period is over yet."),
            Section("Asked for", ("Filter", "Value"), question, "Everything in the owner's reach."),
        )

    @admin.display(description="Report")
    def report_name(self, row: ExportSchedule) -> str:
        return report_title(row.report)

    @admin.display(description="How often")
    def often(self, row: ExportSchedule) -> str:
        return f"{row.get_cadence_display()}; from {row.hour:02}:00 UTC"

    @admin.display(description="Delivery")
    def delivered(self, row: ExportSchedule) -> str:
        return row.get_delivery_display()

    @admin.display(description="Owner")
    def owner_name(self, row: ExportSchedule) -> str:
        return record_link("staff.staffuser", row.owner_id, row.owner.get_full_name() or row.owner.username)

    @admin.display(description="State")
    def state_tag(self, row: ExportSchedule) -> str:
        if row.ended_at is not None:
            return tag("ended")
        return tag("can not run", "danger") if row.problem else tag("runs", "success")

    @admin.display(description="Problem")
    def problem_text(self, row: ExportSchedule) -> str:
        return row.problem or row.end_reason or NOTHING

    @admin.display(description="Last period")
    def last_period(self, row: ExportSchedule) -> str:
        return row.exports.order_by("-pk").values_list("period", flat=True).first() or NOTHING

    @admin.display(description="What for")
    def purpose_words(self, row: ExportSchedule) -> str:
        return f"{row.get_purpose_display()}: {row.purpose_text}"

    @admin.display(description="Approval")
    def approval_link(self, row: ExportSchedule) -> str:
        key = row.approval.partition(":")[2]
        return record_link("approvals.approval", key, f"Approval {key}") if key else "not needed"

    @admin.display(description="Format")
    def shape(self, row: ExportSchedule) -> str:
        return row.get_format_display()

    @admin.display(description="Made")
    def made(self, row: ExportSchedule) -> str:
        return instant(row.made_at)

    def has_end_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may end it."""
        if not self.may(request, MANAGE, obj):
            return False
        row = obj if isinstance(obj, ExportSchedule) or obj in (None, "") else self.get_object(request, str(obj))
        return row.ended_at is None if isinstance(row, ExportSchedule) else True

    @action(description="End", icon="event_busy", permissions=["end"])
    def end(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def perform(row: ExportSchedule, form: ReasonForm) -> str:
            schedule_end(
                schedule_id=row.pk, actor=staff_actor(request), reason=form.cleaned_data["reason"], now=utc_now()
            )
            return "The schedule has ended."

        question = Question("End this schedule?", "Its exports stay until they expire.", "End it", dangerous=True)
        return confirmed(
            self, request, object_id, question=lambda _row: question, form_class=ReasonForm, perform=perform
        )


def schedule_address(report: str, question: dict[str, str]) -> str:
    """Where a schedule of a report is asked for."""
    return f"{reverse('admin:exports_exportschedule_make')}?{urlencode({'report': report, **question})}"
