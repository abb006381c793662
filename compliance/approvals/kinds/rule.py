"""Changing the rules of approvals themselves: nobody raises alone the amount up to which two are enough."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from django.conf import settings

from common.currencies import CURRENCIES
from common.money import AmountError, amount_parse, decimal_text
from compliance.approvals.errors import NothingToChange, ProposalNotUnderstood
from compliance.approvals.kinds.worth import worded_base
from compliance.approvals.models import Approval, ApprovalRule
from compliance.approvals.registry import ApprovalKind, approval_kind_get, approval_kind_register
from compliance.approvals.selectors.rules import RuleInForce, rule_in_force
from compliance.approvals.types import ApprovalScope, Consequence, Execution, Fact, Payload
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record

CODE: Final = "approval_rule"
MOST_HOURS: Final = 168


def rule_payload(*, kind: str, third_person_from: str, life_hours: int) -> dict[str, str | int | None]:
    """A new rule from what a person typed; an empty amount means never. Raises ProposalNotUnderstood, KindUnknown."""
    approval_kind_get(kind)
    if not 1 <= life_hours <= MOST_HOURS:
        raise ProposalNotUnderstood(f"A proposal stands for 1 to {MOST_HOURS} hours.")
    amount = None
    if third_person_from.strip():
        try:
            amount = decimal_text(amount_parse(third_person_from.strip(), CURRENCIES[settings.BASE_CURRENCY]))
        except AmountError as wrong:
            raise ProposalNotUnderstood(f"The amount {wrong}: write it such as 1000.") from wrong
    return {"kind": kind, "life_hours": life_hours, "third_person_from": amount}


def rule_kind_register() -> None:
    """Called once from the app's ready()."""
    approval_kind_register(
        ApprovalKind(
            code=CODE,
            title="Rule of approvals",
            propose_permission="approvals.propose_rule",
            approve_permission="approvals.approve_rule",
            facts=_facts,
            consequences=_consequences,
            state=_state,
            execute=_execute,
            scope=lambda payload: ApprovalScope(subject=f"approvals.kind:{payload['kind']}"),
            may_propose=_changes_something,
        )
    )


def _asked(payload: Payload) -> RuleInForce:
    amount, hours = payload["third_person_from"], payload["life_hours"]
    assert isinstance(hours, int)
    return RuleInForce(None if amount is None else Decimal(str(amount)), timedelta(hours=hours))


def _words(rule: RuleInForce) -> tuple[str, str]:
    worth = rule.third_person_from
    hours = int(rule.life.total_seconds() // 3600)
    return ("never for the amount" if worth is None else f"from {worded_base(worth)}", f"{hours} h")


def _facts(payload: Payload) -> list[Fact]:
    third, life = _words(_asked(payload))
    return [
        ("Kind", approval_kind_get(str(payload["kind"])).title),
        ("A third person is needed", third),
        ("A proposal stands for", life),
    ]


def _consequences(payload: Payload, now: datetime) -> list[Consequence]:
    asked, standing = _asked(payload), rule_in_force(str(payload["kind"]), now)
    (third_now, life_now), (third, life) = _words(standing), _words(asked)
    looser = standing.third_person_from is not None and (
        asked.third_person_from is None or asked.third_person_from > standing.third_person_from
    )
    return [
        Consequence("A third person is needed", third_now, third, looser),
        Consequence("A proposal stands for", life_now, life),
    ]


def _state(payload: Payload, now: datetime) -> dict[str, str]:
    third, life = _words(rule_in_force(str(payload["kind"]), now))
    return {"A third person is needed": third, "A proposal stands for": life}


def _changes_something(payload: Payload, _maker_id: int, now: datetime) -> None:
    if _words(_asked(payload)) == _words(rule_in_force(str(payload["kind"]), now)):
        raise NothingToChange


def _execute(payload: Payload, run: Execution) -> str:
    asked = _asked(payload)
    approval = Approval.objects.get(pk=int(run.reference.partition(":")[2]))
    before = dict(approval.state_facts)
    rule = ApprovalRule.objects.create(
        kind=str(payload["kind"]),
        third_person_from=asked.third_person_from,
        life_hours=int(asked.life.total_seconds() // 3600),
        valid_from=run.now,
        approval=approval,
    )
    subject = f"approvals.approvalrule:{rule.pk}"
    audit_record(
        name=EventName.APPROVAL_RULE_SET, actor=run.approver, now=run.now, subject=subject, reason=run.reason,
        before=before, after=dict(_facts(payload)), approval=run.reference,
    )  # fmt: skip
    return subject
