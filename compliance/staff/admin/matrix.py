"""The role matrix as a page and as files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView

from common.backoffice.confirmed import staff_actor
from common.backoffice.display import record_link, tag
from common.backoffice.sections import Section
from common.clock import utc_now
from compliance.staff.admin.grant_rows import grant_end, role_names
from compliance.staff.selectors.conflicts import conflicting_people
from compliance.staff.selectors.matrix import holdings, role_matrix
from compliance.staff.services.matrix_export import holdings_export, matrix_export

if TYPE_CHECKING:
    _Page = TemplateView
else:
    from unfold.views import UnfoldModelAdminViewMixin

    class _Page(UnfoldModelAdminViewMixin, TemplateView):
        """A page inside the back office."""


EXPORT = "staff.export_role_matrix"


class MatrixView(_Page):
    """What each role may do, who holds which, and who could be maker and checker."""

    title = "Role matrix"
    permission_required = ("staff.view_role_matrix",)
    template_name = "admin/staff/matrix.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.pop("model_admin", None)  # unfold gives it again
        context = super().get_context_data(**kwargs)
        now = utc_now()
        matrix = role_matrix()
        context |= {
            "roles": matrix.roles,
            "groups": [
                (group, [(row, [role.code in row.roles for role in matrix.roles]) for row in rows])
                for group, rows in matrix.groups
            ],
            "may_export": self.request.user.has_perm(EXPORT),
            "sections": [_holders(now), _conflicts(now)],
        }
        return context


def _holders(now: datetime) -> Section:
    rows = [
        (
            record_link("staff.staffuser", holding.grant.staff_id, holding.grant.staff.username),
            holding.grant.role.name,
            holding.reach,
            grant_end(holding.grant),
        )
        for holding in holdings(now=now)
    ]
    return Section("Who holds which role", ("Person", "Role", "For", "Until"), rows, empty="Nobody holds a role.")


def _conflicts(now: datetime) -> Section:
    rows = [
        (
            record_link("staff.staffuser", person.pk, person.username),
            " and ".join(role_names(conflict.roles)),
            tag(conflict.why, "warning"),
        )
        for person, conflict in conflicting_people(now=now)
    ]
    empty = "None: nobody holds roles that go against each other."
    return Section("Maker and checker in one person", ("Person", "Roles", "Why"), rows, empty=empty)


def _export(request: HttpRequest, name: str, make: Callable[..., str]) -> HttpResponse:
    if not request.user.has_perm(EXPORT):
        raise PermissionDenied
    now = utc_now()
    text = make(actor=staff_actor(request), now=now)
    return HttpResponse(
        text,
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}-{now:%Y%m%d-%H%M%S}.csv"',
            "Cache-Control": "no-store",
        },
    )


@require_POST
def export_matrix(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """The matrix as CSV."""
    return _export(request, "role-matrix", matrix_export)


@require_POST
def export_holders(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    """The holders as CSV."""
    return _export(request, "role-holders", holdings_export)
