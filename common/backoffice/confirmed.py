"""Actions that change something: a page that explains and asks, then one POST with its CSRF token.

unfold runs plain actions on GET; every changing action of ours goes through `confirmed` instead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.module_loading import import_string
from unfold.widgets import UnfoldAdminTextareaWidget

from common.errors import Refusal

Form = TypeVar("Form", bound=forms.Form)


class ReasonForm(forms.Form):
    """Why somebody does this; it is kept with the record."""

    reason = forms.CharField(
        max_length=200,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text="Kept with the record. Say what a colleague needs to know in a year.",
    )


@dataclass(frozen=True, slots=True)
class Question:
    """What the confirmation page says: its title, what will happen, and the words on the button.

    `facts` are (word, value) pairs shown below the explanation, such as what the step would hit.
    """

    title: str
    explanation: str
    button: str
    dangerous: bool = False
    facts: Sequence[tuple[str, object]] = ()


def staff_actor(request: HttpRequest) -> str:
    """The signed-in person as the actor of a service: "staff:7"."""
    return f"staff:{request.user.pk}"


def confirmed(
    screen: ModelAdmin[Any],
    request: HttpRequest,
    object_id: str,
    *,
    question: Callable[[Any], Question],
    form_class: type[Form],
    perform: Callable[[Any, Form], str | HttpResponseBase],
    step_up: bool = False,
) -> HttpResponse:
    """GET shows the question; POST performs it once the form is valid. `step_up` asks for a fresh proof of the person.

    `perform` returns the sentence to show on the record's page, or a page of its own. A Refusal becomes a form error.
    """
    row = screen.get_object(request, object_id)
    if row is None:
        raise Http404("There is no such record.")
    if not screen.has_view_permission(request, row):
        raise PermissionDenied
    return asked(
        screen, request, question=lambda: question(row), form_class=form_class, perform=lambda form: perform(row, form),
        back=record_address(row), row=row, step_up=step_up,
    )  # fmt: skip


def asked(
    screen: ModelAdmin[Any],
    request: HttpRequest,
    *,
    question: Callable[[], Question],
    form_class: type[Form],
    perform: Callable[[Form], str | HttpResponseBase],
    back: str,
    row: Model | None = None,
    step_up: bool = False,
) -> HttpResponse:
    """The same for a step that concerns no row, such as one for the whole house; `back` is where it came from."""
    if step_up:
        import_string(settings.STEP_UP_GATE)(request)
    posted = request.POST if request.method == "POST" else None
    # Most forms take no file, and some of them take no second argument.
    form = form_class(posted, request.FILES) if request.FILES else form_class(posted)
    if request.method == "POST" and form.is_valid():
        try:
            done = perform(form)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            if isinstance(done, HttpResponseBase):
                return done  # type: ignore[return-value]  # a file is streamed; views may return either
            messages.success(request, done)
            if row is not None:
                screen.log_change(request, row, done)
            return HttpResponseRedirect(back)
    words = question()
    context = {
        **screen.admin_site.each_context(request),
        "opts": screen.model._meta,
        "original": row,
        "question": words,
        "title": words.title,
        "form": form,
        "back": back,
    }
    status = 200 if request.method in {"GET", "HEAD"} else 422
    return TemplateResponse(request, "admin/confirmed.html", context, status=status)


def record_address(row: Model) -> str:
    """The address of a row's page."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
