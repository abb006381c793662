from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.decorators import action

from casino.games.models import ProviderKey
from casino.games.services.provider_keys import key_retire
from common.backoffice.books import BookScreen
from common.backoffice.confirmed import Question, confirmed, staff_actor
from common.backoffice.display import code, instant, record_link, tag
from common.clock import utc_now


@admin.register(ProviderKey)
class ProviderKeyAdmin(BookScreen[ProviderKey]):
    """Keys that sign calls: issued on the provider's page, retired here. Their secrets are shown nowhere."""

    list_display = ("key", "provider_link", "state", "slot", "issued", "retired")
    list_select_related = ("provider",)
    search_fields = ("key_id",)
    search_help_text = "Key id, exactly."
    when_empty = "No key yet: open a provider and issue its first."
    facts = ((None, (("key", "provider_link"), ("state", "slot"), ("issued", "retired"))),)
    actions_detail = ("retire",)
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

    def has_retire_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may retire keys."""
        return bool(request.user.has_perm("games.change_providerkey"))

    @action(description="Retire", icon="key_off", permissions=["retire"])
    def retire(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def question(key: ProviderKey) -> Question:
            words = "Calls signed with it are refused within a second, and it never comes back."
            if not ProviderKey.objects.filter(provider_id=key.provider_id, retired_at=None).exclude(pk=key.pk).exists():
                words += " It is the provider's only active key: all its calls will be refused."
            return Question(f"Retire key {key.key_id} of {key.provider}?", words, "Retire the key", dangerous=True)

        def perform(key: ProviderKey, form: forms.Form) -> str:
            key_retire(key_id=key.pk, actor=staff_actor(request), now=utc_now())
            return f"Key {key.key_id} is retired."

        return confirmed(self, request, object_id, question=question, form_class=forms.Form, perform=perform)
