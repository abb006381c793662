"""Inviting a colleague: the button, and the page that shows the link, once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from unfold.decorators import action

from common.backoffice.confirmed import Question, confirmed, record_address, staff_actor
from common.backoffice.display import instant
from common.clock import utc_now
from compliance.signin.services.invitations import MadeInvitation, invitation_make
from compliance.staff.models import StaffUser


class Inviting:
    """The button of a person's page that invites who has no password yet."""

    @action(description="Invite", icon="mail", url_path="invite", permissions=["switch"])
    def invite(self: Any, request: HttpRequest, object_id: str) -> HttpResponse:
        def question(person: StaffUser) -> Question:
            words = (
                "The next page shows a link, once. Whoever opens it within 48 hours chooses the password, which nobody"
                " else knows, and sets up the second factor. An earlier invitation does not count any more."
            )
            return Question(f"Invite {person.username}?", words, "Make the invitation")

        def perform(person: StaffUser, _form: forms.Form) -> HttpResponse:
            made = invitation_make(staff_id=person.pk, actor=staff_actor(request), now=utc_now())
            return _page(self, request, person, made)

        return confirmed(
            self, request, object_id, question=question, form_class=forms.Form, perform=perform, step_up=True
        )


def _page(screen: ModelAdmin[Any], request: HttpRequest, person: StaffUser, made: MadeInvitation) -> HttpResponse:
    """Rendered here and now: the link stays out of sessions, messages, redirects and caches."""
    link = request.build_absolute_uri(reverse("staff_invitation", args=[made.token]))
    context = {
        **screen.admin_site.each_context(request),
        "opts": StaffUser._meta,
        "original": person,
        "title": f"Invitation of {person.username}",
        "link": link,
        "ends": instant(made.invitation.ends_at),
        "back": record_address(person),
    }
    headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    return TemplateResponse(request, "admin/staff/invitation.html", context, headers=headers)
