from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from unfold.decorators import action

from common.backoffice.display import NOTHING, code, money, record_link
from common.money import decimal_text
from compliance.signin.step_up import step_up_required
from reporting.definitions.admin.forms import FeeForm
from reporting.definitions.admin.screen import DatedScreen
from reporting.definitions.models import FeeRow


@admin.register(FeeRow)
class FeeRowAdmin(DatedScreen[FeeRow]):
    """What game providers are owed by contract."""

    list_display = ("provider_shown", "share", "basis_shown", "least", "since", "state", "checked")
    list_select_related = ("provider",)
    when_empty = "No contract yet: propose one from the definition that is its basis, such as KPI-04."
    facts = (
        (None, (("provider_shown", "basis_shown"), ("share", "tiers_shown"), ("least", "carries_over"))),
        ("Time and source", (("version", "since"), ("state", "agreed"), ("source", "checked"))),
    )
    actions_detail = ("propose",)

    @admin.display(description="Provider")
    def provider_shown(self, row: FeeRow) -> str:
        return record_link("games.provider", row.provider_id, str(row.provider))

    @admin.display(description="Share")
    def share(self, row: FeeRow) -> str:
        return f"{decimal_text(row.percentage)} %"

    @admin.display(description="Of")
    def basis_shown(self, row: FeeRow) -> str:
        return code(row.basis)

    @admin.display(description="Above")
    def tiers_shown(self, row: FeeRow) -> str:
        return ", ".join(f"{bound}: {share} %" for bound, share in row.tiers) or NOTHING

    @admin.display(description="At least, a month")
    def least(self, row: FeeRow) -> str:
        return money(row.minimum, row.currency)

    @action(description="Propose a new contract", icon="edit_calendar", permissions=["propose"])
    @step_up_required
    def propose(self, request: HttpRequest, object_id: str) -> HttpResponse:
        row = self.get_object(request, object_id)
        initial = {name: getattr(row, name, "") for name in ("provider", "basis", "currency", "carries_over")}
        if row is not None:
            initial |= {"percentage": decimal_text(row.percentage), "minimum": decimal_text(row.minimum)}
            initial["tiers"] = ", ".join(f"{bound}:{share}" for bound, share in row.tiers)
        return self.proposing(request, object_id, FeeForm, "Propose a provider's fee", initial)
