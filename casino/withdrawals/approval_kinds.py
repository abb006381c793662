"""What takes two people with withdrawals: approving a large one, and changing the numbers (SEC-20)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from casino.withdrawals.decisions.checks import money_words
from casino.withdrawals.decisions.risk import FACTORS
from casino.withdrawals.enums import WithdrawalState
from casino.withdrawals.errors import RuleRefused
from casino.withdrawals.locks import withdrawal_lock
from casino.withdrawals.models import Payout, Rule, Withdrawal
from casino.withdrawals.models.rule import FALLBACK
from casino.withdrawals.selectors.numbers import rule_in_force
from casino.withdrawals.services.review import approved, recheck
from casino.withdrawals.services.rules import rule_write
from casino.withdrawals.services.steps import scope_of
from common.clock import instant_text
from common.money import ZERO, decimal_text
from compliance.approvals.registry import ApprovalKind, approval_kind_register
from compliance.approvals.types import ApprovalScope, Consequence, Execution, Fact, Payload

APPROVE: Final = "withdrawal_approve"
RULE: Final = "withdrawal_rule"
AMOUNTS: Final = ("auto_amount", "four_eyes_from", "turnover_times", "kyc_high_from", "day_sum", "week_sum")
WHOLES: Final = (
    "auto_risk", "kyc_level", "kyc_level_high", "cool_down_hours", "day_count", "week_count", "kyc_wait_days",
    "sla_hours",
)  # fmt: skip


def withdrawal_kinds_register() -> None:
    """Called once from the app's ready()."""
    approval_kind_register(
        ApprovalKind(
            code=APPROVE,
            title="Approval of a withdrawal",
            propose_permission="withdrawals.approve_withdrawal",
            approve_permission="withdrawals.second_withdrawal",
            facts=_facts,
            consequences=_consequences,
            state=_state,
            execute=_approve,
            scope=lambda payload: scope_of(_asked(payload)),
            lock=lambda payload: _lock(payload),
        )
    )
    approval_kind_register(
        ApprovalKind(
            code=RULE,
            title="Rule of withdrawals",
            propose_permission="withdrawals.propose_rule",
            approve_permission="withdrawals.decide_rule",
            facts=_rule_facts,
            consequences=_rule_consequences,
            state=_rule_state,
            execute=_rule_execute,
            scope=_rule_scope,
        )
    )


def approve_payload(*, asked: Withdrawal) -> Payload:
    """The approval of a withdrawal as it stands."""
    return {
        "withdrawal": asked.pk, "reference": asked.reference, "amount": decimal_text(asked.amount),
        "currency": asked.currency,
    }  # fmt: skip


def rule_payload(*, jurisdiction: str, effective_from: datetime, source: str, numbers: dict[str, Any]) -> Payload:
    """A row of numbers from what somebody filled in. Raises RuleRefused with what is wrong."""
    if not source.strip():
        raise RuleRefused("Say where the numbers come from.")
    found: dict[str, Any] = {}
    for name in AMOUNTS:
        try:
            amount = Decimal(str(numbers[name]))
        except (InvalidOperation, KeyError):
            raise RuleRefused(f"{name} is a plain number.") from None
        if not amount.is_finite() or amount < ZERO:
            raise RuleRefused(f"{name} is not below zero.")
        found[name] = decimal_text(amount)
    for name in WHOLES:
        found[name] = int(numbers[name])
    weights, shares = dict(numbers.get("weights") or {}), dict(numbers.get("game_weights") or {})
    if unknown := sorted(set(weights) - set(FACTORS)):
        raise RuleRefused(f"No such factor of risk: {', '.join(unknown)}.")
    found["weights"] = {str(name): int(points) for name, points in weights.items()}
    found["game_weights"] = {str(name): decimal_text(Decimal(str(share))) for name, share in shares.items()}
    return {
        "jurisdiction": jurisdiction, "effective_from": instant_text(effective_from), "source": source.strip()[:300],
        "numbers": found,
    }  # fmt: skip


def _asked(payload: Payload) -> Withdrawal:
    key = payload["withdrawal"]
    assert isinstance(key, int)
    return Withdrawal.objects.select_related("player__brand", "rule").get(pk=key)


def _lock(payload: Payload) -> None:
    withdrawal_lock(_asked(payload).pk)


def _facts(payload: Payload) -> list[Fact]:
    asked = _asked(payload)
    parts = Payout.objects.filter(withdrawal=asked).select_related("instrument").order_by("part")
    where = "; ".join(f"{money_words(row.held, asked.currency)} to {row.instrument}" for row in parts)
    return [
        ("Withdrawal", asked.reference),
        ("Player", asked.player.public_id),
        ("Amount", money_words(asked.amount, asked.currency)),
        ("Goes", where),
        ("Risk", str(asked.risk_score)),
        ("Red rules", ", ".join(check["title"] for check in asked.checks if not check["green"]) or "none"),
    ]


def _consequences(payload: Payload, now: datetime) -> list[Consequence]:
    asked = _asked(payload)
    checks, risk, _rule = recheck(asked, now)
    lines = [Consequence("State", asked.get_state_display(), WithdrawalState.APPROVED.label)]
    lines += [Consequence(check.title, check.text, "red now", alarm=True) for check in checks if not check.green]
    return [*lines, Consequence("Risk", str(asked.risk_score), str(risk.score), risk.score > asked.risk_score)]


def _state(payload: Payload, now: datetime) -> dict[str, str]:
    asked = _asked(payload)
    checks, _risk, rule = recheck(asked, now)
    return {
        "State": asked.get_state_display(),
        "Red rules": ", ".join(check.code for check in checks if not check.green) or "none",
        "Rule": str(rule.pk),
    }


def _approve(payload: Payload, run: Execution) -> str:
    asked = withdrawal_lock(_asked(payload).pk)
    reason = f"{run.reference} by {run.maker} and {', '.join(run.approvers)}: {run.reason}"
    approved(asked, reason=reason, actor=run.approver, now=run.now)
    return f"withdrawals.withdrawal:{asked.pk}"


def _rule_at(payload: Payload) -> datetime:
    return datetime.fromisoformat(str(payload["effective_from"]))


def _numbers(payload: Payload) -> dict[str, Any]:
    numbers = payload["numbers"]
    assert isinstance(numbers, dict)
    return numbers


def _rule_scope(payload: Payload) -> ApprovalScope:
    jurisdiction = str(payload["jurisdiction"])
    return ApprovalScope(
        subject=f"withdrawals.rules:{jurisdiction}", jurisdiction="" if jurisdiction == FALLBACK else jurisdiction
    )


def _rule_facts(payload: Payload) -> list[Fact]:
    return [
        ("Jurisdiction", str(payload["jurisdiction"])),
        ("Takes effect", f"{_rule_at(payload):%Y-%m-%d %H:%M} UTC"),
        ("Source", str(payload["source"])),
    ]


def _rule_consequences(payload: Payload, now: datetime) -> list[Consequence]:
    if _rule_at(payload) <= now:
        raise RuleRefused("Numbers take effect after now: withdrawals of the past keep theirs.")
    before = rule_in_force(jurisdiction=str(payload["jurisdiction"]), at=_rule_at(payload))
    lines = []
    for name, value in _numbers(payload).items():
        old = getattr(before, name)
        worded = decimal_text(old) if isinstance(old, Decimal) else str(old)
        if worded != str(value):
            lines.append(Consequence(name.replace("_", " "), worded, str(value), alarm=name.startswith("auto")))
    return lines or [Consequence("Numbers", "as they are", "the same")]


def _rule_state(payload: Payload, _now: datetime) -> dict[str, str]:
    rows = Rule.objects.filter(jurisdiction=str(payload["jurisdiction"])).order_by("pk")
    return {"Rows": ", ".join(str(pk) for pk in rows.values_list("pk", flat=True)) or "none"}


def _rule_execute(payload: Payload, run: Execution) -> str:
    made = rule_write(
        jurisdiction=str(payload["jurisdiction"]), effective_from=_rule_at(payload), numbers=_numbers(payload),
        source=str(payload["source"]), approval_id=int(run.reference.partition(":")[2]), reason=run.reason,
        actor=run.maker, now=run.now,
    )  # fmt: skip
    return f"withdrawals.rule:{made.pk}"
