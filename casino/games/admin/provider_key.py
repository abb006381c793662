from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.html import format_html
from unfold.decorators import action

from casino.games.approval_kinds import RETIRE, key_retire_payload
from casino.games.models import KeyHandover, ProviderKey
from casino.games.services.provider_keys import key_collect
from common.backoffice.books import BookScreen
from common.backoffice.confirmed import Question, confirmed, record_address, staff_actor
from common.backoffice.display import code, instant, record_link, tag
from common.clock import utc_now
from common.scope import HouseWide
from compliance.approvals.admin.proposal import proposed
from compliance.approvals.admin.proposal_forms import ProposalForm
from compliance.approvals.types import Payload


@admin.register(ProviderKey)
class ProviderKeyAdmin(BookScreen[ProviderKey]):
    """Keys that sign calls, issued and retired by approval; a secret is shown once, to its receiver."""

    scope = HouseWide("Providers serve every brand with the same keys.")
    list_display = ("key", "provider_link", "state", "slot", "issued", "retired")
    list_select_related = ("provider",)
    search_fields = ("key_id",)
    search_help_text = "Key id, exactly."
    when_empty = "No key yet: open a provider and issue its first."
    facts = ((None, (("key", "provider_link"), ("state", "slot"), ("issued", "retired"), "secret")),)
    actions_detail = ("collect_secret", "retire")
    actions_detail_hide_default = False

    @admin.display(description="Key id")
    def key(self, key: ProviderKey) -> str:
        return code(key.key_id)

    @admin.display(description="Provider")
    def provider_link(self, key: ProviderKey) -> str:
        return record_link("games.provider", key.provider_id, key.provider)

    @admin.display(description="State")
    def state(self, key: ProviderKey) -> str:
        return tag("Active", "success") if key.retired_at is None else tag("Retired")

    @admin.display(description="Issued")
    def issued(self, key: ProviderKey) -> str:
        return instant(key.created_at)

    @admin.display(description="Retired")
    def retired(self, key: ProviderKey) -> str:
        return instant(key.retired_at)

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(key_id=term)

    @admin.display(description="Secret")
    def secret(self, key: ProviderKey) -> str:
        handover = KeyHandover.objects.filter(key=key).select_related("receiver").first()
        if handover is None:
            return "handed over before approvals were kept"
        if handover.shown_at is not None:
            return f"shown to {handover.receiver}, once"
        if utc_now() >= handover.until:
            return tag("Never collected: retire this key", "danger")
        return format_html("waits for {} until {}", handover.receiver, instant(handover.until))

    def has_retire_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may propose to retire keys."""
        return self.may(request, "games.propose_key_change", obj)

    def has_collect_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """The receiver alone, who proposed the key and still may."""
        key = self.get_object(request, str(obj))
        return key is None or (
            self.may(request, "games.propose_key_change", key)
            and KeyHandover.objects.filter(key=key, receiver_id=request.user.pk).exists()
        )

    def get_actions_detail(self, request: HttpRequest, object_id: str) -> list[Any]:
        """The secret's button is its receiver's alone, while it waits."""
        found: list[Any] = super().get_actions_detail(request, object_id)  # type: ignore[misc]  # unfold's
        waits = KeyHandover.objects.filter(
            key__pk=object_id, receiver_id=request.user.pk, shown_at=None, until__gt=utc_now(), key__retired_at=None
        ).exists()
        return [item for item in found if waits or not item.action_name.endswith("collect_secret")]

    @action(description="Retire", icon="key_off", permissions=["retire"])
    def retire(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def payload_of(key: ProviderKey, _form: ProposalForm) -> Payload:
            return key_retire_payload(key=key)

        words = "Once somebody else approved it, calls signed with it are refused within a second; it never comes back."
        return proposed(
            self, request, object_id, kind=RETIRE, title=lambda key: f"Retire key {key.key_id} of {key.provider}",
            explanation=words, payload_of=payload_of, form_class=ProposalForm,
        )  # fmt: skip

    @action(description="See the secret, once", icon="visibility", url_path="secret", permissions=["collect"])
    def collect_secret(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def question(key: ProviderKey) -> Question:
            words = "The secret is shown on the next page and never again. Have a safe way to hand it over ready."
            return Question(f"See the secret of key {key.key_id}?", words, "Show it now")

        def perform(key: ProviderKey, form: forms.Form) -> HttpResponse:
            shown = key_collect(key_id=key.pk, actor=staff_actor(request), now=utc_now())
            context = {
                **self.admin_site.each_context(request),
                "opts": ProviderKey._meta,
                "original": key,
                "title": f"New key of {key.provider.name}",
                "key_id": key.key_id,
                "secret": shown.secret,
                "back": record_address(key),
            }
            # Rendered here and now: the secret stays out of sessions, messages, redirects and caches.
            headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
            return TemplateResponse(request, "admin/games/key_issued.html", context, headers=headers)

        return confirmed(
            self, request, object_id, question=question, form_class=forms.Form, perform=perform, step_up=True
        )
