"""The walk through the code: whatever takes a bet or a deposit, launches a game or lists people asks the gate."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]
FLOORS: Final = ("casino", "wallet", "compliance", "players", "affiliates", "reporting")
# What begins each path. A call of it, or an assignment of its kind, makes the function a money path.
BEGINS: Final = {
    "bet": {"Booking(kind=TransactionKind.BET"},
    "deposit": {"kind=TransactionKind.DEPOSIT"},
    "launch": {"GameSession.objects.create"},
    "bonus": {"kind=TransactionKind.BONUS_GRANT", "kind=TransactionKind.BONUS_CONVERSION"},
    "marketing": {"EventName.MARKETING_LISTED"},
}
# What counts as asking: the gate itself, its standing on the desk, or its answers in bulk.
ASKS: Final = {"gate_pass", "gate_ask", "desk.terms.refusal", "marketing_verdicts", "deposit_outcome_for"}
# Demonstrations give their players money; no route leads to them but the command that fills an empty house.
DEMO: Final = "/services/demo"


@dataclass(frozen=True, slots=True)
class MoneyPath:
    """A function that begins a money path."""

    kind: str
    file: str
    name: str
    asks: bool


def modules() -> Iterator[tuple[str, ast.Module]]:
    for floor in FLOORS:
        for file in sorted((ROOT / floor).rglob("*.py")):
            name = str(file.relative_to(ROOT))
            if "/migrations/" not in name and "/simulator/" not in name:
                yield name, ast.parse(file.read_text(encoding="utf-8"))


def functions(tree: ast.Module) -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def begins(node: ast.FunctionDef) -> set[str]:
    text = ast.unparse(node)
    return {kind for kind, signs in BEGINS.items() if any(sign in text for sign in signs)}


def asks(node: ast.FunctionDef, own: dict[str, ast.FunctionDef], seen: frozenset[str] = frozenset()) -> bool:
    """Whether the function asks, itself or by a function of its own module."""
    text = ast.unparse(node)
    if any(f"{word}(" in text for word in ASKS):
        return True
    called = {call.func.id for call in ast.walk(node) if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)}
    return any(asks(own[name], own, seen | {node.name}) for name in called & own.keys() - seen - {node.name})


def money_paths() -> list[MoneyPath]:
    found = []
    for file, tree in modules():
        own = functions(tree)
        callers = {
            name: [other for other in own.values() if f"{name}(" in ast.unparse(other) and other.name != name]
            for name in own
        }
        for name, node in own.items():
            for kind in begins(node):
                # A helper is asked for by whoever of its module calls it.
                asked = asks(node, own) or (bool(callers[name]) and all(asks(one, own) for one in callers[name]))
                found.append(MoneyPath(kind, file, name, asked))
    return found


def test_every_money_path_asks_the_gate() -> None:
    silent = [path for path in money_paths() if not path.asks and DEMO not in path.file]
    assert silent == [], "ask compliance.gate.ask.gate_pass, inside the transaction"


@pytest.mark.parametrize(("kind", "file"), [
    ("bet", "casino/play/decisions/bet.py"),
    ("deposit", "casino/cashier/services/credits.py"),
    ("launch", "casino/play/services/sessions.py"),
    ("marketing", "compliance/exclusions/services/marketing.py"),
])  # fmt: skip
def test_the_walk_finds_the_paths_that_there_are(kind: str, file: str) -> None:
    assert (kind, file) in {(path.kind, path.file) for path in money_paths()}


def test_no_api_reaches_a_demonstration() -> None:
    edges = [tree for file, tree in modules() if "/api/" in file or "/admin/" in file]
    imported = {node.module or "" for tree in edges for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert [name for name in imported if ".services.demo" in name and "sign_ins" not in name] == []


@pytest.mark.parametrize("source", [
    "def post():\n    player_credit(kind=TransactionKind.DEPOSIT)",
    "def begin():\n    GameSession.objects.create()",
    "def give():\n    transaction_post(kind=TransactionKind.BONUS_GRANT)",
    "def bet():\n    return helper()\ndef helper():\n    return Booking(kind=TransactionKind.BET)",
])  # fmt: skip
def test_a_path_that_does_not_ask_is_found(source: str) -> None:
    own = functions(ast.parse(source))
    beginning = [node for node in own.values() if begins(node)]
    assert beginning
    assert not any(asks(node, own) for node in own.values())
