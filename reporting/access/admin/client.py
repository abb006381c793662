from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from unfold.decorators import action
from unfold.enums import ActionVariant

from common.backoffice.books import BookScreen
from common.backoffice.confirmed import Question, ReasonForm, confirmed, record_address, staff_actor
from common.backoffice.display import NOTHING, code, instant, lines, record_link, tag
from common.backoffice.sections import Section
from common.clock import utc_now
from common.scope import HouseWide
from compliance.approvals.admin.proposal import proposal_page
from compliance.approvals.types import Payload
from compliance.audit.admin.links import actor_link
from compliance.signin.step_up import step_up_required
from compliance.staff.selectors.reach_words import reach_words
from reporting.access.admin.client_form import ClientForm, SlotForm, slot_form
from reporting.access.approval_kinds import KIND
from reporting.access.enums import SCOPE_TITLES, ApiScope
from reporting.access.models import Client, ClientSecret
from reporting.access.services.client_secrets import secret_make, secret_retire
from reporting.access.services.clients import client_revoke

SHOWN_ONCE = "The secret is shown on the next page and never again; we keep only its hash. Have a safe place ready."

# The library brings a screen of its own, on which anybody could write anything.
if admin.site.is_registered(Client):
    admin.site.unregister(Client)


@admin.register(Client)
class ClientAdmin(BookScreen[Client]):
    """Programs that may read reports: made by two people, revoked by one, never edited."""

    scope = HouseWide("Who may read by machine is one list for the whole house; each client has a reach of its own.")
    list_display = ("title", "state", "rights", "reach", "until", "last_used")
    search_fields = ("client_id",)
    search_help_text = "Client id, exactly."
    when_empty = "No program reads reports."
    when_empty_do = "Propose a client above."
    filled_by = "access.propose_client"
    facts = (
        (None, (("title", "state"), ("client", "last_used"), "rights", ("reach", "calls_from"), ("until", "rate"))),
        ("People", (("made", "by"), ("agreed", "revoked"), "why_revoked")),
    )
    actions_list = ("propose",)
    actions_detail = ("make_secret", "retire_secret", "revoke")
    actions_detail_hide_default = False

    @admin.display(description="Program")
    def title(self, client: Client) -> str:
        return str(client.name)

    @admin.display(description="Client id")
    def client(self, client: Client) -> str:
        return code(client.client_id)

    @admin.display(description="State")
    def state(self, client: Client) -> str:
        if client.revoked_at is not None:
            return tag("Revoked", "danger")
        return tag("In force", "success") if utc_now() < client.valid_until else tag("Expired")

    @admin.display(description="May read")
    def rights(self, client: Client) -> str:
        return lines([SCOPE_TITLES[ApiScope(scope)] for scope in client.scopes])

    @admin.display(description="For")
    def reach(self, client: Client) -> str:
        return reach_words(client.brands, client.jurisdictions)

    @admin.display(description="Calls from")
    def calls_from(self, client: Client) -> str:
        return lines([code(network) for network in client.networks])

    @admin.display(description="Calls a minute, at most")
    def rate(self, client: Client) -> str:
        return f"{client.calls_per_minute:,}"

    @admin.display(description="Until")
    def until(self, client: Client) -> str:
        return instant(client.valid_until)

    @admin.display(description="Last call")
    def last_used(self, client: Client) -> str:
        return instant(client.last_used_at) if client.last_used_at else "never"

    @admin.display(description="Made")
    def made(self, client: Client) -> str:
        return instant(client.made_at)

    @admin.display(description="Proposed by")
    def by(self, client: Client) -> str:
        return actor_link(client.made_by)

    @admin.display(description="Agreed in")
    def agreed(self, client: Client) -> str:
        return record_link("approvals.approval", client.approval_id, f"Approval {client.approval_id}")

    @admin.display(description="Revoked")
    def revoked(self, client: Client) -> str:
        return lines([instant(client.revoked_at), actor_link(client.revoked_by)]) if client.revoked_at else NOTHING

    @admin.display(description="Why it was revoked")
    def why_revoked(self, client: Client) -> str:
        return client.revoke_reason or NOTHING

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(client_id=term)

    def sections(self, request: HttpRequest, row: Client) -> Sequence[Section]:
        rows = [
            (
                f"{secret.slot}", tag("Retired") if secret.retired_at else tag("Active", "success"),
                instant(secret.made_at), actor_link(secret.made_by), instant(secret.retired_at),
            )
            for secret in ClientSecret.objects.filter(client=row).order_by("-pk")[:20]
        ]  # fmt: skip
        empty = "No secret yet: whoever proposed the client makes its first."
        return (Section("Secrets", ("Place", "State", "Made", "By", "Retired"), rows, empty=empty),)

    def has_propose_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may propose clients, and make and retire their secrets."""
        return request.user.has_perm("access.propose_client")

    def has_revoke_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may revoke clients."""
        return request.user.has_perm("access.revoke_client")

    @action(description="Propose a client", icon="add", permissions=["propose"], url_path="propose")
    @step_up_required
    def propose(self, request: HttpRequest) -> HttpResponse:
        def payload(form: ClientForm) -> Payload:
            found: Payload = form.cleaned_data["payload"]
            return found

        words = "A client is never edited: to change what it may read, make another and revoke this one."
        return proposal_page(
            self, request, kind=KIND, title="Propose a client of the reporting API", explanation=words,
            payload_of=payload, form_class=ClientForm, back=reverse("admin:access_client_changelist"),
        )  # fmt: skip

    @action(description="New secret", icon="key", url_path="secret", permissions=["propose"])
    def make_secret(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def perform(client: Client, _form: forms.Form) -> HttpResponse:
            made = secret_make(client_id=client.pk, actor=staff_actor(request), now=utc_now())
            context = {
                **self.admin_site.each_context(request),
                "opts": Client._meta,
                "original": client,
                "title": f"New secret of {client.name}",
                "client_id": client.client_id,
                "secret": made.secret,
                "back": record_address(client),
            }
            # Rendered here and now: the secret stays out of sessions, messages, redirects and caches.
            headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
            return TemplateResponse(request, "admin/access/secret_made.html", context, headers=headers)

        def question(client: Client) -> Question:
            return Question(f"Make a secret of {client.name}?", SHOWN_ONCE, "Make and show it")

        return confirmed(
            self, request, object_id, question=question, form_class=forms.Form, perform=perform, step_up=True
        )

    @action(description="Retire a secret", icon="key_off", url_path="retire", permissions=["propose"])
    def retire_secret(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def perform(client: Client, form: SlotForm) -> str:
            slot = int(form.cleaned_data["slot"])
            secret_retire(client_id=client.pk, slot=slot, actor=staff_actor(request), now=utc_now())
            return f"Secret {slot} is retired. Tokens in force ended: the program fetches another by its other secret."

        def question(client: Client) -> Question:
            words = "It opens nothing from now on, and all tokens of the client end at once. It never comes back."
            return Question(f"Retire a secret of {client.name}?", words, "Retire it", dangerous=True)

        # The key of a row that does not exist is answered by `confirmed`.
        form = slot_form(int(object_id)) if object_id.isdigit() else SlotForm
        return confirmed(self, request, object_id, question=question, form_class=form, perform=perform, step_up=True)

    @action(description="Revoke", icon="block", permissions=["revoke"], variant=ActionVariant.DANGER)
    def revoke(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def perform(client: Client, form: ReasonForm) -> str:
            reason = form.cleaned_data["reason"]
            client_revoke(client_id=client.pk, reason=reason, actor=staff_actor(request), now=utc_now())
            return "The client is revoked: its next call is refused."

        def question(client: Client) -> Question:
            words = "Its tokens and secrets open nothing from now on. A revoked client never comes back."
            return Question(f"Revoke {client.name}?", words, "Revoke it", dangerous=True)

        return confirmed(self, request, object_id, question=question, form_class=ReasonForm, perform=perform)
