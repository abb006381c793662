from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from unfold.decorators import action

from casino.games.admin.provider_form import NetworksForm, ProviderForm
from casino.games.admin.stop_actions import StopsPlay
from casino.games.approval_kinds import ISSUE, NETWORKS, key_issue_payload, networks_payload
from casino.games.enums import StopScope
from casino.games.models import Provider
from casino.games.services.providers import provider_add, provider_edit
from common.backoffice.books import ListScreen
from common.backoffice.confirmed import staff_actor
from common.backoffice.display import code, instant, lines, money, record_link, tag
from common.backoffice.sections import Section
from common.clock import utc_now
from common.scope import HouseWide
from compliance.approvals.admin.proposal import proposed
from compliance.approvals.admin.proposal_forms import ProposalForm
from compliance.approvals.types import Payload


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
        ("Who may call", {"fields": ("allow_list",)}),
        (f"Stakes in {settings.BASE_CURRENCY}", {"fields": (("min_stake", "max_stake"),)}),
    )
    stop_scope = StopScope.PROVIDER
    actions_detail = ("issue_key", "change_allow_list", "stop_play", "resume_play")

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

    @admin.display(description="Allow-list")
    def allow_list(self, provider: Provider) -> str:
        known = [code(network) for network in provider.allowed_networks or []]
        return lines(known) if known else "admits nobody: propose its networks with the button above"

    @admin.display(description="Stakes")
    def stakes(self, provider: Provider) -> str:
        return stake_range(provider)

    @admin.display(description="Calls a second")
    def rate(self, provider: Provider) -> str:
        return f"{provider.rate_limit:,}"

    def find(self, queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
        return queryset.filter(code=term)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Sequence[str]:  # type: ignore[override]
        """The code stands in accounts and answers: given once. The allow-list is changed by approval."""
        return ("code", "allow_list") if obj is not None else ("allow_list",)

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

    def has_propose_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may propose keys and allow-lists."""
        return self.may(request, "games.propose_key_change", obj)

    @action(description="Issue a key", icon="key", url_path="issue-key", permissions=["propose"])
    def issue_key(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def payload_of(provider: Provider, _form: ProposalForm) -> Payload:
            return key_issue_payload(provider=provider)

        words = (
            "Once somebody else approved it, a secret is made. You, and nobody else, see it once, on the new key's"
            " page. Have a safe way to hand it over ready."
        )
        return proposed(
            self, request, object_id, kind=ISSUE, title=lambda provider: f"Issue a key for {provider.name}",
            explanation=words, payload_of=payload_of, form_class=ProposalForm,
        )  # fmt: skip

    @action(description="Change the allow-list", icon="lan", url_path="allow-list", permissions=["propose"])
    def change_allow_list(self, request: HttpRequest, object_id: str) -> HttpResponse:
        provider = self.get_object(request, object_id)
        standing = "\n".join(provider.allowed_networks) if provider is not None else ""

        class Form(NetworksForm):
            """Begins with the list in force."""

            def __init__(self, *args: Any, **kwargs: Any) -> None:
                super().__init__(*args, **kwargs)
                self.initial.setdefault("networks", standing)

        def payload_of(row: Provider, form: Form) -> Payload:
            return networks_payload(provider=row, text=form.cleaned_data["networks"])

        return proposed(
            self, request, object_id, kind=NETWORKS, title=lambda row: f"Allow-list of {row.name}",
            explanation="From where the provider may call. It takes effect within a second of being approved.",
            payload_of=payload_of, form_class=Form,
        )  # fmt: skip


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
