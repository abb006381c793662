"""What holds in a jurisdiction, now or at any instant: every key on one page, and as a file."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView

from common.backoffice.confirmed import staff_actor
from common.backoffice.display import NOTHING, instant, lines, record_link, tag
from common.backoffice.sections import Section
from common.backoffice.timelines import as_of
from common.clock import utc_now
from compliance.policy.local_time import local_words
from compliance.policy.models.policy_row import FALLBACK
from compliance.policy.selectors.explanation import Explained, jurisdictions_known, policy_explain, value_words
from compliance.policy.selectors.policies import policy_of
from compliance.policy.services.exports import policy_export
from compliance.signin.step_up import step_up_required

if TYPE_CHECKING:
    _Page = TemplateView
else:
    from unfold.views import UnfoldModelAdminViewMixin

    class _Page(UnfoldModelAdminViewMixin, TemplateView):
        """A page inside the back office."""


VIEW: Final = "policy.view_policyrow"
EXPORT: Final = "policy.export_policy"
HEADERS: Final = ("What", "Value", "Since", "Row", "Source", "What comes")


class InForceView(_Page):
    """The rows of a jurisdiction at an instant, its fallback's marked as such, with what is known to follow."""

    title = "Policy in force"
    permission_required = (VIEW,)
    template_name = "admin/policy/in_force.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.pop("model_admin", None)  # unfold gives it again
        context = super().get_context_data(**kwargs)
        known = jurisdictions_known()
        chosen, typed, at = _asked(self.request.GET.get("jurisdiction", ""), self.request.GET.get("at", ""), known)
        zone = policy_of(jurisdiction=chosen, now=at).zone
        context |= {
            "choices": known,
            "chosen": chosen,
            "typed": typed,
            "moment": f"{local_words(at, zone)} in {zone.key}",
            "may_export": self.request.user.has_perm(EXPORT),
            "export": f"{reverse('admin:policy_policyrow_in_force_export')}?{_query(chosen, typed)}",
            "sections": [_section(chosen, at)],
        }
        return context


@require_POST
@step_up_required
def export_in_force(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """The same as CSV, told to the audit trail."""
    if not request.user.has_perm(EXPORT):
        raise PermissionDenied
    chosen, _typed, at = _asked(request.GET.get("jurisdiction", ""), request.GET.get("at", ""), jurisdictions_known())
    text = policy_export(jurisdiction=chosen, at=at, actor=staff_actor(request), now=utc_now())
    name = "fallback" if chosen == FALLBACK else chosen
    return HttpResponse(
        text, content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="policy-{name}-{at:%Y%m%d-%H%M%S}.csv"',
            "Cache-Control": "no-store",
        },
    )  # fmt: skip


def in_force_address(jurisdiction: str) -> str:
    """The page of a jurisdiction, as of now."""
    return f"{reverse('admin:policy_policyrow_in_force')}?{_query(jurisdiction, '')}"


def _query(jurisdiction: str, at: str) -> str:
    return urlencode({"jurisdiction": jurisdiction} | ({"at": at} if at else {}))


def _asked(jurisdiction: str, at: str, known: list[str]) -> tuple[str, str, datetime]:
    """Jurisdiction, the moment as typed (empty for now) and the moment. Raises Http404 for an unknown jurisdiction."""
    chosen = jurisdiction or known[0]
    if chosen not in known:
        raise Http404("No row of policy names this jurisdiction.")
    typed, moment = as_of(at)
    return chosen, typed, moment or utc_now()


def _section(jurisdiction: str, at: datetime) -> Section:
    rows = [_row(line) for line in policy_explain(jurisdiction=jurisdiction, at=at)]
    return Section("What holds", HEADERS, rows, empty="")


def _row(line: Explained) -> tuple[object, ...]:
    what = lines([line.title, line.key.value])
    if line.row is None:
        return (what, tag("No row", "danger"), NOTHING, NOTHING, NOTHING, NOTHING)
    marks = [line.words]
    if line.by_fallback:
        marks.append(tag("fallback"))
    if not line.row.verified:
        marks.append(tag("not verified", "warning"))
    coming = NOTHING
    if line.next_row is not None:
        words = value_words(line.key, line.next_row.value)
        coming = record_link(
            "policy.policyrow", line.next_row.pk, f"{words} from {line.next_row.effective_from:%Y-%m-%d %H:%M} UTC"
        )
    return (
        what, lines(marks), instant(line.row.effective_from),
        record_link("policy.policyrow", line.row.id, line.row.id), line.row.source, coming,
    )  # fmt: skip
