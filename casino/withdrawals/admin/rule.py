from __future__ import annotations

import json
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from unfold.decorators import action
from unfold.widgets import UnfoldAdminSplitDateTimeWidget, UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from casino.withdrawals.approval_kinds import AMOUNTS, RULE, WHOLES, rule_payload
from casino.withdrawals.decisions.risk import FACTORS
from casino.withdrawals.errors import RuleRefused
from casino.withdrawals.models import Rule
from casino.withdrawals.models.rule import FALLBACK
from casino.withdrawals.selectors.numbers import rule_in_force
from common.backoffice.books import BookScreen
from common.backoffice.display import NOTHING, instant, record_link
from common.clock import utc_now
from common.money import decimal_text
from common.scope import HouseWide
from compliance.approvals.admin.proposal import proposal_page
from compliance.approvals.admin.proposal_forms import ProposalForm
from compliance.approvals.types import Payload


class RuleForm(ProposalForm):
    """A new row: the numbers in force are filled in; change what is to change."""

    jurisdiction = forms.CharField(
        max_length=8, initial=FALLBACK, widget=UnfoldAdminTextInputWidget, help_text="Such as GB; * for all others."
    )
    effective_from = forms.SplitDateTimeField(widget=UnfoldAdminSplitDateTimeWidget, label="In force from (UTC)")
    source = forms.CharField(max_length=300, widget=UnfoldAdminTextInputWidget, help_text="Whose decision, and why.")
    weights = forms.CharField(
        required=False, initial="{}", widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        label="Points of risk factors, as JSON", help_text=f"Factors: {', '.join(FACTORS)}.",
    )  # fmt: skip
    game_weights = forms.CharField(
        required=False, initial="{}", widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
        label="Share of a stake by game category, as JSON", help_text='Such as {"live": "0.1"}; 1 where none is named.',
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = rule_in_force(jurisdiction=FALLBACK, at=utc_now())
        for name in (*AMOUNTS, *WHOLES):
            value = getattr(row, name)
            words = str(getattr(Rule._meta.get_field(name), "help_text", ""))
            label = name.replace("_", " ").capitalize()
            field: forms.Field
            if name in AMOUNTS:
                field = forms.DecimalField(
                    min_value=0, initial=decimal_text(value), widget=UnfoldAdminTextInputWidget, label=label
                )
            else:
                field = forms.IntegerField(min_value=0, initial=value, widget=UnfoldAdminTextInputWidget, label=label)
            field.help_text = words
            self.fields[name] = field
        for name in ("weights", "game_weights"):
            self.fields[name].initial = json.dumps(getattr(row, name))

    def numbers(self) -> dict[str, Any]:
        """What was filled in, by the names of the row. Raises RuleRefused."""
        data = self.cleaned_data
        found = {name: data[name] for name in (*AMOUNTS, *WHOLES)}
        for name in ("weights", "game_weights"):
            try:
                found[name] = json.loads(data[name] or "{}")
            except ValueError:
                raise RuleRefused(f"{name} is a JSON object.") from None
            if not isinstance(found[name], dict):
                raise RuleRefused(f"{name} is a JSON object.")
        return found


@admin.register(Rule)
class RuleAdmin(BookScreen[Rule]):
    """The numbers of withdrawals by jurisdiction and moment: two people write a row, nobody edits one."""

    scope = HouseWide("Numbers of the whole house: who works for one brand reads them like everybody.")
    ordering = ("-effective_from",)
    list_display = (
        "name", "starts", "auto_amount_words", "auto_risk", "four_eyes_words", "turnover_words", "cool_down_hours",
        "source",
    )  # fmt: skip
    when_empty = "There is no rule."
    facts = (
        (None, (("jurisdiction", "starts"), ("auto_amount_words", "auto_risk"), ("four_eyes_words", "turnover_words"))),
        ("Verification", (("kyc_level", "kyc_level_high"), ("kyc_high_words", "kyc_wait_days"))),
        ("How often and how much", (("day_count", "day_sum_words"), ("week_count", "week_sum_words"))),
        ("More", (("cool_down_hours", "sla_hours"), ("weights", "game_weights"), ("source", "agreed"))),
    )
    actions_list = ("propose",)

    def has_propose_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may propose other numbers."""
        return request.user.has_perm("withdrawals.propose_rule")

    @action(description="Propose other numbers", icon="add", permissions=["propose"], url_path="propose-rule")
    def propose(self, request: HttpRequest) -> HttpResponse:
        """The form, what it would change, and the proposal."""

        def payload(form: RuleForm) -> Payload:
            data = form.cleaned_data
            return rule_payload(
                jurisdiction=data["jurisdiction"].strip().upper(), effective_from=data["effective_from"],
                source=data["source"], numbers=form.numbers(),
            )  # fmt: skip

        return proposal_page(
            self, request, kind=RULE, title="Other numbers for withdrawals",
            explanation="From an instant on, for a jurisdiction or for all without a row; amounts in the base currency",
            payload_of=payload, form_class=RuleForm, back=reverse("admin:withdrawals_rule_changelist"),
        )  # fmt: skip

    @admin.display(description="Jurisdiction")
    def name(self, row: Rule) -> str:
        return f"{row.jurisdiction}"

    @admin.display(description="In force from")
    def starts(self, row: Rule) -> str:
        return instant(row.effective_from)

    @admin.display(description="Approved by rule up to")
    def auto_amount_words(self, row: Rule) -> str:
        return decimal_text(row.auto_amount)

    @admin.display(description="Two people from")
    def four_eyes_words(self, row: Rule) -> str:
        return decimal_text(row.four_eyes_from)

    @admin.display(description="Turnover, times")
    def turnover_words(self, row: Rule) -> str:
        return decimal_text(row.turnover_times)

    @admin.display(description="High from")
    def kyc_high_words(self, row: Rule) -> str:
        return decimal_text(row.kyc_high_from)

    @admin.display(description="Sum in 24 hours")
    def day_sum_words(self, row: Rule) -> str:
        return decimal_text(row.day_sum)

    @admin.display(description="Sum in 7 days")
    def week_sum_words(self, row: Rule) -> str:
        return decimal_text(row.week_sum)

    @admin.display(description="Agreed in")
    def agreed(self, row: Rule) -> str:
        return record_link("approvals.approval", row.approval_id, row.approval) if row.approval_id else NOTHING
