"""Every rule of the gate says what it must, where it must; and each rule that is changed makes its own case fail."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from compliance.gate.enums import CLOSED_BY, FlagKind, Touchpoint
from compliance.gate.errors import BET_REFUSALS, REFUSALS
from compliance.gate.rules.table import RULES, Rule, reasons_against
from compliance.gate.types import Asked, Reason
from tests.gate.cases import CASES, broken, dated, facts
from wallet.api.statuses import STATUS

MODULES = ("compliance.gate.rules.account", "compliance.gate.rules.identity", "compliance.gate.rules.play")
SWAPPED: dict[type[ast.cmpop], ast.cmpop] = {
    ast.Lt: ast.LtE(), ast.LtE: ast.Lt(), ast.Gt: ast.GtE(), ast.GtE: ast.Gt(), ast.Eq: ast.NotEq(),
    ast.NotEq: ast.Eq(), ast.Is: ast.IsNot(), ast.IsNot: ast.Is(), ast.In: ast.NotIn(), ast.NotIn: ast.In(),
}  # fmt: skip


def test_every_rule_says_what_it_must_at_every_touchpoint() -> None:
    assert broken(RULES) == []


def test_every_rule_has_its_cases() -> None:
    assert {one.rule for one in CASES} == {rule.name for rule in RULES}


@pytest.mark.parametrize("name", [rule.name for rule in RULES])
def test_a_rule_that_is_taken_away_is_missed(name: str) -> None:
    assert name in broken(rule for rule in RULES if rule.name != name)


@pytest.mark.parametrize("name", [rule.name for rule in RULES])
def test_a_rule_that_says_the_opposite_is_caught(name: str) -> None:
    assert name in broken(_inverted(rule) if rule.name == name else rule for rule in RULES)


def _inverted(rule: Rule) -> Rule:
    def opposite(found: Any, asked: Asked) -> list[Reason]:
        return [] if list(rule.find(found, asked)) else [Reason(code="opposite", title="")]

    return replace(rule, find=opposite)


@pytest.mark.parametrize("touchpoint", Touchpoint)
@pytest.mark.parametrize("name", [rule.name for rule in RULES])
def test_a_rule_that_forgets_or_gains_a_touchpoint_is_caught(name: str, touchpoint: Touchpoint) -> None:
    changed = [replace(rule, at=rule.at ^ {touchpoint}) if rule.name == name else rule for rule in RULES]
    if name == "flags" and touchpoint in {Touchpoint.MARKETING, Touchpoint.SIGN_IN, Touchpoint.REGISTER}:
        changed = [replace(rule, at=rule.at - {touchpoint}) if rule.name == name else rule for rule in RULES]
        if touchpoint not in next(rule.at for rule in RULES if rule.name == name):
            assert not any(touchpoint in closed for closed in CLOSED_BY.values()), "no flag closes it"
            return
    if name == "limits_reached" and touchpoint not in {Touchpoint.BET, Touchpoint.DEPOSIT}:
        return  # what is asked there has no limits to look at (selectors/facts.py)
    assert name in broken(changed), f"{name} at {touchpoint}"


def _mutants() -> Iterator[tuple[str, str, ast.Module]]:
    """Each rule's source with one comparison turned, one condition negated, or one `and` made an `or`."""
    for module in MODULES:
        source = inspect.getsource(importlib.import_module(module))
        count = sum(1 for _ in _places(ast.parse(source)))
        for number in range(count):
            tree = ast.parse(source)
            where = list(_places(tree))[number]
            yield module, _mutate(where), ast.fix_missing_locations(tree)


def _places(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.If | ast.BoolOp) or (isinstance(node, ast.Compare) and len(node.ops) == 1):
            yield node


def _mutate(node: ast.AST) -> str:
    told = f"line {getattr(node, 'lineno', 0)}: {ast.unparse(node).splitlines()[0]}"
    match node:
        case ast.If():
            node.test = ast.UnaryOp(ast.Not(), node.test)
        case ast.BoolOp():
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        case ast.Compare():
            node.ops = [SWAPPED[type(node.ops[0])]]
    return f"{type(node).__name__} {told}"


# What can not be told apart from outside: only evidence and words differ.
EQUIVALENT = ("known = ", "bool(said.outcome)")


@pytest.mark.parametrize(
    ("module", "tree"), [pytest.param(module, tree, id=f"{module.rpartition('.')[2]} {told}")
                         for module, told, tree in _mutants() if not any(part in told for part in EQUIVALENT)],
)  # fmt: skip
def test_a_changed_condition_in_any_rule_is_caught(module: str, tree: ast.Module) -> None:
    changed: dict[str, Any] = {"__name__": module}
    exec(compile(tree, module, "exec"), changed)  # noqa: S102 - our own source with one condition changed
    rules = [
        replace(rule, find=changed[rule.find.__name__]) if rule.find.__module__ == module else rule for rule in RULES
    ]
    assert broken(rules)


def test_reasons_are_told_in_the_order_of_the_rules_and_all_of_them() -> None:
    everything = facts(
        player={"status": "blocked", "brand_enabled": False}, exclusions=(dated("time_out"),),
        restrictions=(dated("geo_blocked"),), flags=(dated("bet_blocked"),), limits_missing=("deposit a day",),
    )  # fmt: skip
    told = [reason.code for reason in reasons_against(everything, Asked(touchpoint=Touchpoint.BET))]
    assert told == [
        "player_blocked", "brand_closed", "time_out_active", "geo_blocked", "bet_blocked", "limits_missing",
    ]  # fmt: skip


def test_every_reason_has_evidence_and_names_its_source() -> None:
    for one in CASES:
        for touchpoint in one.at:
            for reason in reasons_against(one.facts, Asked(touchpoint=touchpoint, **one.asked)):
                assert reason.evidence, reason
                assert reason.source, reason
                assert reason.title.endswith("."), reason


def test_every_reason_is_a_refusal_and_every_reason_against_bets_a_word_of_the_providers_contract() -> None:
    codes = {code for one in CASES for code in one.says}
    assert codes - REFUSALS.keys() == set()
    of_standing = {
        code for one in CASES if Touchpoint.BET in one.at for code in one.says
        if next(rule for rule in RULES if rule.name == one.rule).standing
    }  # fmt: skip
    assert of_standing - BET_REFUSALS.keys() == set()
    for code, refusal in BET_REFUSALS.items():
        assert refusal({"status": "blocked"} if code == "player_blocked" else {}).code in STATUS, code


def test_withdrawal_stays_open_to_who_may_not_play() -> None:
    kept_from_play = facts(
        exclusions=(dated("self_exclusion"),), restrictions=(dated("geo_blocked"),), flags=(dated("risk_harm"),)
    )
    assert reasons_against(kept_from_play, Asked(touchpoint=Touchpoint.WITHDRAWAL)) == ()


def test_every_flag_closes_something_and_says_what() -> None:
    assert CLOSED_BY.keys() == set(FlagKind)
    assert all(CLOSED_BY.values())
