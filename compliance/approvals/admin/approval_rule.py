from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from unfold.decorators import action

from common.backoffice.books import BookScreen
from common.backoffice.display import instant, record_link
from common.scope import HouseWide
from compliance.approvals.admin.proposal import proposal_page
from compliance.approvals.admin.proposal_forms import RuleForm
from compliance.approvals.kinds.rule import CODE, rule_payload
from compliance.approvals.kinds.worth import worded_base
from compliance.approvals.models import ApprovalRule
from compliance.approvals.registry import approval_kinds
from compliance.approvals.types import Payload


@admin.register(ApprovalRule)
class ApprovalRuleAdmin(BookScreen[ApprovalRule]):
    """When a third person is needed and how long proposals stand: dated, and changed by approval alone."""

    scope = HouseWide("Rules of the house hold for every brand.")
    list_display = ("kind_title", "third_person", "life", "since", "approved_by")
    when_empty = "No rule was ever changed: each kind goes by the figures it came with."
    when_empty_do = "Propose one above."
    filled_by = "approvals.propose_rule"
    facts = ((None, (("kind_title", "since"), ("third_person", "life"), "approved_by")),)
    actions_list = ("propose_rule",)

    @admin.display(description="Kind")
    def kind_title(self, rule: ApprovalRule) -> str:
        return {kind.code: kind.title for kind in approval_kinds()}.get(rule.kind, rule.kind)

    @admin.display(description="Third person from")
    def third_person(self, rule: ApprovalRule) -> str:
        return "never for the amount" if rule.third_person_from is None else worded_base(rule.third_person_from)

    @admin.display(description="Proposals stand for")
    def life(self, rule: ApprovalRule) -> str:
        return f"{rule.life_hours} h"

    @admin.display(description="Since")
    def since(self, rule: ApprovalRule) -> str:
        return instant(rule.valid_from)

    @admin.display(description="Approval")
    def approved_by(self, rule: ApprovalRule) -> str:
        return record_link("approvals.approval", rule.approval_id, f"No. {rule.approval_id}")

    def has_propose_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Who may propose a rule."""
        return self.may(request, "approvals.propose_rule")

    @action(description="Propose a rule", icon="rule", permissions=["propose"])
    def propose_rule(self, request: HttpRequest) -> HttpResponse:
        def payload_of(form: RuleForm) -> Payload:
            data: dict[str, Any] = form.cleaned_data
            return rule_payload(
                kind=data["kind"], third_person_from=data["third_person_from"], life_hours=data["life_hours"]
            )

        return proposal_page(
            self,
            request,
            kind=CODE,
            title="Propose a rule of approvals",
            explanation="From which worth a kind needs a third person, and for how many hours its proposals stand.",
            payload_of=payload_of,
            form_class=RuleForm,
            back=reverse("admin:approvals_approvalrule_changelist"),
        )
