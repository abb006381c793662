from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.html import format_html
from unfold.decorators import action

from casino.games.admin.provider_form import ProviderForm
from casino.games.admin.stop_actions import StopsPlay
from casino.games.enums import StopScope
from casino.games.models import Provider
from casino.games.services.provider_keys import key_issue
from casino.games.services.providers import provider_add, provider_edit
from common.backoffice.books import ListScreen
from common.backoffice.confirmed import Question, confirmed, record_address, staff_actor
from common.backoffice.display import code, instant, money, record_link, tag
from common.backoffice.sections import Section
from common.clock import utc_now
from common.scope import HouseWide


@admin.register(Provider)
class ProviderAdmin(StopsPlay, ListScreen[Provider]):
    """Providers: terms, allow-list and keys. A change takes effect within a second."""

    scope = HouseWide("Providers serve every brand.")
    form = ProviderForm
    list_display = ("name", "code_text", "state", "protocol", "networks", "stakes", "rate")
    search_fields = ("code",)
    search_help_text = "Code of the provider, exactly."
    when_empty = "No provider yet: add one with the + above, then issue its first key and fill its allow-list."
    fieldsets = (
        (None, {"fields": (("code", "name"), ("protocol", "rate_limit"), ("enabled", "is_sandbox"))}),
        ("Who may call", {"fields": ("allowed_networks",)}),
        (f"Stakes in {settings.BASE_CURRENCY}", {"fields": (("min_stake", "max_stake"),)}),
    )
    stop_scope = StopScope.PROVIDER
    actions_detail = ("issue_key", "stop_play", "resume_play")

    @admin.display(description="Code")
    def code_text(self, provider: Provider) -> str:
        return code(provider.code)

    @admin.display(description="State")
    def state(self, provider: Provider) -> str:
        if not provider.enabled:
            return tag("Disabled", "danger")
        return tag("Sandbox", "info") if provider.is_sandbox else tag("Live", "success")

    @admin.display(description="Allow-list")
    def networks(self, provider: Provider) -> str:
        count = len(provider.allowed_networks)
        return f"{count} network{'s' if count != 1 else ''}" if count else tag("admits nobody", "warning")

    @admin.display(description="Stakes")
    def stakes(self, provider: Provider) -> str:
        return stake_range(provider)

    @admin.display(description="Calls a second")
    def rate(self, provider: Provider) -> str:
        return f"{provider.rate_limit:,}"

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(code=term)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Sequence[str]:  # type: ignore[override]
        """The code stands in accounts and answers: given once."""
        return ("code",) if obj is not None else ()

    def save_model(self, request: HttpRequest, obj: Provider, form: Any, change: bool) -> None:
        if change:
            provider_edit(provider_id=obj.pk, terms=form.terms(), actor=staff_actor(request), now=utc_now())
            return
        made = provider_add(
            code=form.cleaned_data["code"], terms=form.terms(), actor=staff_actor(request), now=utc_now()
        )
        obj.pk = made.pk
        obj.refresh_from_db()

    def sections(self, request: HttpRequest, row: Provider) -> Sequence[Section]:
        rows = [
            (
                record_link("games.providerkey", key.pk, code(key.key_id)),
                tag("Active", "success") if key.retired_at is None else tag("Retired"),
                key.slot,
                instant(key.created_at),
                instant(key.retired_at),
            )
            for key in row.keys.all()[:20]
        ]
        return (
            Section(
                "Keys",
                ("Key id", "State", "Place", "Issued", "Retired"),
                rows,
                empty="No key: this provider's calls are refused. Issue one with the button above.",
                note="Two keys may be active while rotating: issue, let the provider change over, retire the old one.",
            ),
        )

    def has_rotate_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may issue keys."""
        return bool(request.user.has_perm("games.add_providerkey"))

    @action(description="Issue a key", icon="key", url_path="issue-key", permissions=["rotate"])
    def issue_key(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def question(provider: Provider) -> Question:
            words = "A new secret is made and shown once, on the next page. Have a safe way to hand it over ready."
            return Question(f"Issue a key for {provider.name}?", words, "Issue the key")

        def perform(provider: Provider, form: forms.Form) -> HttpResponse:
            issued = key_issue(provider_id=provider.pk, actor=staff_actor(request), now=utc_now())
            self.log_change(request, provider, f"Issued key {issued.key.key_id}")
            context = {
                **self.admin_site.each_context(request),
                "opts": Provider._meta,
                "original": provider,
                "title": f"New key of {provider.name}",
                "key_id": issued.key.key_id,
                "secret": issued.secret,
                "back": record_address(provider),
            }
            # Rendered here and now: the secret stays out of sessions, messages, redirects and caches.
            headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
            return TemplateResponse(request, "admin/games/key_issued.html", context, headers=headers)

        return confirmed(self, request, object_id, question=question, form_class=forms.Form, perform=perform)


def stake_range(limits: Any) -> str:
    """The stake limits of a provider or game in the base currency, in words where an end is open."""
    base = settings.BASE_CURRENCY
    least, most = limits.min_stake, limits.max_stake
    if least is None and most is None:
        return "no limits of its own"
    if least is None:
        return format_html("up to {}", money(most, base))
    if most is None:
        return format_html("from {}", money(least, base))
    return format_html("{} – {}", money(least, base), money(most, base))
