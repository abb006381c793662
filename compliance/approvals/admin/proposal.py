"""Proposing from any screen: the form, what it would change, and then the proposal of exactly what was shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from common.backoffice.confirmed import record_address, staff_actor
from common.backoffice.sections import Section
from common.clock import utc_now
from common.errors import Refusal
from compliance.approvals.admin.approval_sections import consequence_rows
from compliance.approvals.admin.proposal_forms import ProposalForm
from compliance.approvals.errors import PreviewStale
from compliance.approvals.registry import approval_kind_get
from compliance.approvals.services.proposals import Preview, approval_propose, proposal_preview
from compliance.approvals.types import Payload

Form = TypeVar("Form", bound=ProposalForm)


def proposed(
    screen: ModelAdmin[Any],
    request: HttpRequest,
    object_id: str,
    *,
    kind: str,
    title: Callable[[Any], str],
    explanation: str,
    payload_of: Callable[[Any, Form], Payload],
    form_class: type[Form] = ProposalForm,  # type: ignore[assignment]  # the least that a proposal asks
) -> HttpResponse:
    """A proposal about a row of a screen, as an action of its page."""
    row = screen.get_object(request, object_id)
    if row is None:
        raise Http404("There is no such record.")
    if not screen.has_view_permission(request, row):
        raise PermissionDenied
    return proposal_page(
        screen,
        request,
        kind=kind,
        title=title(row),
        explanation=explanation,
        payload_of=lambda form: payload_of(row, form),
        form_class=form_class,
        back=record_address(row),
        row=row,
    )


def proposal_page(
    screen: ModelAdmin[Any],
    request: HttpRequest,
    *,
    kind: str,
    title: str,
    explanation: str,
    payload_of: Callable[[Form], Payload],
    form_class: type[Form],
    back: str,
    row: Model | None = None,
) -> HttpResponse:
    """GET asks; a first POST shows what it would change; a second one, of the same preview, proposes it."""
    if not request.user.has_perm(approval_kind_get(kind).propose_permission):
        raise PermissionDenied
    form = form_class(request.POST if request.method == "POST" else None)
    preview: Preview | None = None
    if request.method == "POST" and form.is_valid():
        try:
            preview, made = _step(kind, payload_of(form), form, staff_actor(request))
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            if made is not None:
                messages.success(request, f"Proposed as approval {made.pk}. Somebody else decides about it.")
                return HttpResponseRedirect(record_address(made))
    context = {
        **screen.admin_site.each_context(request),
        "opts": screen.model._meta,
        "original": row,
        "title": title,
        "explanation": explanation,
        "form": form,
        "back": back,
        "preview": preview,
        "changed": preview is not None and bool(form.cleaned_data["seen"]),
        "sections": _preview_sections(preview) if preview else (),
        "needs": "a second and a third person" if preview and preview.approvals_needed > 1 else "a second person",
        "hours": int(preview.life.total_seconds() // 3600) if preview else 0,
    }
    status = 200 if request.method in {"GET", "HEAD"} or preview is not None else 422
    return TemplateResponse(request, "admin/approvals/propose.html", context, status=status)


def _step(kind: str, payload: Payload, form: ProposalForm, actor: str) -> tuple[Preview | None, Model | None]:
    """The proposal made, when it is the one that was shown; otherwise what it would change now."""
    data, now = form.cleaned_data, utc_now()
    if data["seen"]:
        try:
            return None, approval_propose(
                kind=kind, payload=payload, reason=data["reason"], ticket=data["ticket"], actor=actor, now=now,
                seen=data["seen"],
            )  # fmt: skip
        except PreviewStale:
            pass  # it is shown anew, below
    return proposal_preview(kind=kind, payload=payload, actor=actor, now=now), None


def _preview_sections(preview: Preview) -> tuple[Section, ...]:
    return (
        Section("What is proposed", ("Fact", "Value"), preview.facts, empty=""),
        Section(
            "What it would change", ("What", "Now", "Afterwards", ""), consequence_rows(preview.consequences), empty=""
        ),
    )
