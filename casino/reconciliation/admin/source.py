from __future__ import annotations

from django.conf import settings
from django.contrib import admin

from casino.reconciliation.models import StatementSource
from common.backoffice.books import BookScreen
from common.backoffice.display import NOTHING, code, money, record_link, tag
from common.scope import HouseWide


@admin.register(StatementSource)
class StatementSourceAdmin(BookScreen[StatementSource]):
    """How each provider's statements come; agreed with `manage.py statement_source`."""

    scope = HouseWide("A provider tells about all brands in one statement.")
    list_display = ("provider_link", "format", "address_code", "folder_code", "time_zone", "tolerance_words", "on")
    list_select_related = ("provider",)
    when_empty = "Nothing is agreed with any provider yet: statements can be loaded by hand all the same."
    facts = (
        (None, (("provider_link", "format"), ("address_code", "folder_code"), ("time_zone", "tolerance_words"))),
        ("In force", (("on", "secret"),)),
    )

    @admin.display(description="Provider")
    def provider_link(self, row: StatementSource) -> str:
        return record_link("games.provider", row.provider_id, row.provider.name)

    @admin.display(description="Fetched from")
    def address_code(self, row: StatementSource) -> str:
        return code(row.address) if row.address else NOTHING

    @admin.display(description="Folder")
    def folder_code(self, row: StatementSource) -> str:
        return code(row.folder) if row.folder else NOTHING

    @admin.display(description="Written off up to")
    def tolerance_words(self, row: StatementSource) -> str:
        return money(row.tolerance, settings.BASE_CURRENCY)

    @admin.display(description="Daily")
    def on(self, row: StatementSource) -> str:
        return tag("on", "success") if row.enabled else tag("off")

    @admin.display(description="Token")
    def secret(self, row: StatementSource) -> str:
        return "set, kept encrypted" if row.token else NOTHING
