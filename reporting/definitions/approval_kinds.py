"""A new definition, duty or provider fee is for two people, who see beforehand what it does to last month's figure."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from compliance.approvals.registry import ApprovalKind, approval_kind_register
from compliance.approvals.types import ApprovalScope, Consequence, Execution, Fact, Payload
from reporting.definitions.errors import DefinitionRefused
from reporting.definitions.formula import definitions_of, formula_read, measures_of
from reporting.definitions.measures import MEASURES
from reporting.definitions.selectors.definitions import definitions_at
from reporting.definitions.selectors.preview import last_month, previewed
from reporting.definitions.services.rows import ROWS, newest, row_write

KIND: Final = "definition_row"


def definition_payload(
    *, code: str, title: str, formula: str, about: str, valid_from: date, source: str, verified: bool
) -> Payload:
    """A definition from what somebody filled in. Raises FormulaUnreadable, DefinitionRefused."""
    tree = formula_read(formula)
    if unknown := measures_of(tree) - set(MEASURES):
        raise DefinitionRefused(problem=f"there is no measure {sorted(unknown)[0]}")
    known = set(definitions_at(valid_from)) - {code}
    if unknown := definitions_of(tree) - known:
        raise DefinitionRefused(problem=f"{sorted(unknown)[0]} is no definition that it may name")
    row = {"table": "definitions_definitionrow", "code": code, "title": title.strip()[:100], "formula": formula.strip()}
    row |= {"about": about.strip()[:500], "valid_from": valid_from.isoformat(), "source": source.strip()[:300]}
    return _checked({**row, "verified": verified})


def duty_payload(
    *, jurisdiction: str, tax: str, title: str, rate: str, base: str, valid_from: date, source: str, verified: bool
) -> Payload:
    """A duty; `rate` as a share of 1. Raises DefinitionRefused."""
    if not 0 <= _number(rate) <= 1:
        raise DefinitionRefused(problem="the rate is a share between 0 and 1")
    if base not in definitions_at(valid_from):
        raise DefinitionRefused(problem=f"{base} is no definition")
    return _checked(
        {
            "table": "definitions_dutyrow", "jurisdiction": jurisdiction, "tax": tax, "title": title.strip()[:100],
            "rate": rate, "base": base, "valid_from": valid_from.isoformat(), "source": source.strip()[:300],
            "verified": verified,
        }
    )  # fmt: skip


def fee_payload(
    *, provider_id: int, basis: str, percentage: str, tiers: list[list[str]], minimum: str, currency: str,
    carries_over: bool, valid_from: date, source: str, verified: bool,
) -> Payload:  # fmt: skip
    """A provider's contract; `tiers` as [[bound, percentage], …] in texts. Raises DefinitionRefused."""
    if not 0 <= _number(percentage) <= 100 or _number(minimum) < 0:
        raise DefinitionRefused(problem="a percentage is between 0 and 100, a minimum not below 0")
    bounds = [_number(bound) for bound, share in tiers if 0 <= _number(share) <= 100]
    if len(bounds) < len(tiers) or bounds != sorted(set(bounds)) or (bounds and bounds[0] <= 0):
        raise DefinitionRefused(problem="tiers rise from a bound above 0, each with a percentage")
    if basis not in definitions_at(valid_from):
        raise DefinitionRefused(problem=f"{basis} is no definition")
    return _checked(
        {
            "table": "definitions_feerow", "provider_id": str(provider_id), "basis": basis, "percentage": percentage,
            "tiers": [list(tier) for tier in tiers], "minimum": minimum, "currency": currency,
            "carries_over": carries_over, "valid_from": valid_from.isoformat(), "source": source.strip()[:300],
            "verified": verified,
        }
    )  # fmt: skip


def definition_kind_register() -> None:
    """Called once from the app's ready()."""
    approval_kind_register(
        ApprovalKind(
            code=KIND, title="Definition, duty or provider fee",
            propose_permission="definitions.propose_definition", approve_permission="definitions.approve_definition",
            facts=_facts, consequences=_consequences, state=_state, execute=_execute, scope=_scope,
        )
    )  # fmt: skip


def _checked(payload: dict[str, Any]) -> Payload:
    if not payload["source"]:
        raise DefinitionRefused(problem="the source is missing")
    return payload


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation as problem:
        raise DefinitionRefused(problem=f"{text!r} is no number") from problem
    if not number.is_finite():
        raise DefinitionRefused(problem=f"{text!r} is no number")
    return number


def _scope(payload: Payload) -> ApprovalScope:
    names = ROWS[str(payload["table"])].key
    return ApprovalScope(subject="definitions." + ":".join(["row", *(str(payload[name]) for name in names)]))


def _facts(payload: Payload) -> list[Fact]:
    words = {name: value for name, value in payload.items() if name != "table"}
    return [(name.replace("_", " ").capitalize(), str(value)) for name, value in words.items()]


def _consequences(payload: Payload, now: datetime) -> list[Consequence]:
    _check(payload, now)
    first, last = last_month(now.date())
    return [Consequence(title, before, after) for title, before, after in previewed(payload, first, last)]


def _state(payload: Payload, _now: datetime) -> dict[str, str]:
    row = newest(payload)
    return {"The row before": f"version {row.version} from {row.valid_from}" if row else "none"}


def _check(payload: Payload, now: datetime) -> None:
    """A row begins after today, and after the one before it: what was reported keeps its meaning."""
    valid_from = date.fromisoformat(str(payload["valid_from"]))
    if valid_from <= now.date():
        raise DefinitionRefused(problem="it begins tomorrow at the earliest")
    row = newest(payload)
    if row is not None and row.valid_from >= valid_from:
        raise DefinitionRefused(problem=f"version {row.version} begins on {row.valid_from}")


def _execute(payload: Payload, run: Execution) -> str:
    _check(payload, run.now)
    made = row_write(payload, approval_id=int(run.reference.partition(":")[2]), now=run.now)
    return f"{made._meta.label_lower}:{made.pk}"
