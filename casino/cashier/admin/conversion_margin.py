from __future__ import annotations

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from unfold.decorators import action
from unfold.widgets import UnfoldAdminDecimalFieldWidget, UnfoldAdminSelectWidget, UnfoldAdminSplitDateTimeWidget

from casino.cashier.approval_kinds import MARGIN, margin_payload
from casino.cashier.models import ConversionMargin
from common.backoffice.books import BookScreen
from common.backoffice.display import instant
from common.backoffice.reach import reach
from common.currencies import currency_choices
from common.scope import Scoping
from compliance.approvals.admin.proposal import proposal_page
from compliance.approvals.admin.proposal_forms import ProposalForm
from compliance.approvals.types import Payload
from compliance.audit.admin.links import actor_link
from players.models import Brand

PROPOSE = "cashier.propose_conversionmargin"


class MarginForm(ProposalForm):
    """A margin from an instant on."""

    brand = forms.ModelChoiceField(Brand.objects.all(), widget=UnfoldAdminSelectWidget())
    source = forms.ChoiceField(
        label="From", choices=currency_choices(), widget=UnfoldAdminSelectWidget(), help_text="What is paid."
    )
    target = forms.ChoiceField(
        label="To", choices=currency_choices(), widget=UnfoldAdminSelectWidget(), help_text="What is got."
    )
    percent = forms.DecimalField(
        min_value=0, max_value=20, decimal_places=3, widget=UnfoldAdminDecimalFieldWidget(),
        help_text="Kept of the conversion, in percent.",
    )  # fmt: skip
    valid_from = forms.SplitDateTimeField(
        widget=UnfoldAdminSplitDateTimeWidget(), help_text="In UTC. One that is over by the approval means: at once."
    )


@admin.register(ConversionMargin)
class ConversionMarginAdmin(BookScreen[ConversionMargin]):
    """What each brand keeps of conversions, and from when: the newest row of a pair decides."""

    scope = Scoping(brand="brand_id", jurisdiction="brand__jurisdiction")
    list_display = ("pair", "brand", "margin", "since", "set_by_whom", "approval")
    list_filter = ("brand",)
    list_select_related = ("brand",)
    when_empty = "No conversion is offered: propose a margin for a pair of currencies."
    facts = ((None, (("brand", "pair"), ("margin", "since"), ("set_by_whom", "approval"), "made")),)
    actions_list = ("propose",)

    @admin.display(description="Conversion")
    def pair(self, row: ConversionMargin) -> str:
        return f"{row.source} to {row.target}"

    @admin.display(description="Margin")
    def margin(self, row: ConversionMargin) -> str:
        return f"{row.percent.normalize():f} %"

    @admin.display(description="From")
    def since(self, row: ConversionMargin) -> str:
        return instant(row.valid_from)

    @admin.display(description="Made")
    def made(self, row: ConversionMargin) -> str:
        return instant(row.created_at)

    @admin.display(description="Set by")
    def set_by_whom(self, row: ConversionMargin) -> str:
        return actor_link(row.set_by)

    def has_propose_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may propose a margin."""
        return self.may(request, PROPOSE, obj)

    @action(description="Propose a margin", url_path="propose", icon="percent", permissions=["propose"])
    def propose(self, request: HttpRequest) -> HttpResponse:
        """A new row, once somebody else agrees."""

        def payload_of(form: MarginForm) -> Payload:
            data = form.cleaned_data
            return margin_payload(
                brand=data["brand"], source=data["source"], target=data["target"], percent=data["percent"],
                valid_from=data["valid_from"],
            )  # fmt: skip

        brands = reach(request, PROPOSE).brands
        allowed = Brand.objects.all() if brands is None else Brand.objects.filter(pk__in=brands)
        choices = forms.ModelChoiceField(allowed, widget=UnfoldAdminSelectWidget())
        form_class = type("MarginForm", (MarginForm,), {"brand": choices})
        return proposal_page(
            self, request, kind=MARGIN, title="Propose the margin of a conversion", payload_of=payload_of,
            explanation="It holds for conversions from then on; what players were shown before stays.",
            form_class=form_class, back=reverse("admin:cashier_conversionmargin_changelist"),
        )  # fmt: skip
