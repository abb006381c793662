"""Formulas over measures: numbers, names, other definitions, + - * / and a few functions. Pure, exact, no eval.

`SC - VC`, `{KPI-02} / {KPI-01} * 100`, `max(0, {KPI-04})`, `sqrt(N)`. A division by zero has no value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from functools import lru_cache
from typing import Final

from reporting.definitions.errors import FormulaUnreadable

DIGITS: Final = 50
_TOKEN: Final = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|([A-Za-z][A-Za-z0-9_]*)|\{([A-Za-z0-9_.:-]+)\}|([-+*/(),]))")
_FUNCTIONS: Final[dict[str, tuple[int, Callable[..., Decimal]]]] = {
    "max": (2, max), "min": (2, min), "sqrt": (1, lambda value: value.sqrt()), "abs": (1, abs),
}  # fmt: skip
LONGEST: Final = 500
DEEPEST: Final = 40


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a formula: `kind` is number, measure, definition, a sign, `negative` or a function's name."""

    kind: str
    text: str = ""
    parts: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Node]:
        """Itself and all its parts."""
        yield self
        for part in self.parts:
            yield from part.walk()


@lru_cache(maxsize=512)
def formula_read(text: str) -> Node:
    """The formula as a tree. Raises FormulaUnreadable with the place where reading ended."""
    if len(text) > LONGEST:
        raise FormulaUnreadable(problem=f"it is longer than {LONGEST} characters")
    return _Reader(text).whole()


def measures_of(node: Node) -> frozenset[str]:
    """Names of the measures that it uses itself."""
    return frozenset(part.text for part in node.walk() if part.kind == "measure")


def definitions_of(node: Node) -> frozenset[str]:
    """Codes of the definitions that it names."""
    return frozenset(part.text for part in node.walk() if part.kind == "definition")


def formula_value(
    node: Node, measure: Callable[[str], Decimal], definition: Callable[[str], Decimal | None]
) -> Decimal | None:
    """The formula's value to 50 digits; None where a divisor is zero, or a definition has no value."""
    with localcontext(Context(prec=DIGITS)):
        return _value(node, measure, definition)


def _value(
    node: Node, measure: Callable[[str], Decimal], definition: Callable[[str], Decimal | None]
) -> Decimal | None:
    if node.kind == "number":
        return Decimal(node.text)
    if node.kind == "measure":
        return measure(node.text)
    if node.kind == "definition":
        return definition(node.text)
    values = [_value(part, measure, definition) for part in node.parts]
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return None
    if node.kind == "negative":
        return -known[0]
    if node.kind in _FUNCTIONS:
        return None if node.kind == "sqrt" and known[0] < 0 else _FUNCTIONS[node.kind][1](*known)
    return _joined(node.kind, known[0], known[1])


def _joined(sign: str, left: Decimal, right: Decimal) -> Decimal | None:
    if sign == "+":
        return left + right
    if sign == "-":
        return left - right
    if sign == "*":
        return left * right
    return None if right == 0 else left / right


class _Reader:
    """Recursive descent: sums of products of signed atoms."""

    def __init__(self, text: str) -> None:
        self.text = text.strip()
        self.at = 0
        self.depth = 0
        self.token = self._next()

    def whole(self) -> Node:
        node = self._sum()
        if self.token is not None:
            raise self._unreadable()
        return node

    def _next(self) -> tuple[str, str] | None:
        if self.at >= len(self.text):
            return None
        found = _TOKEN.match(self.text, self.at)
        if found is None:
            raise self._unreadable()
        self.at = found.end()
        number, name, code, sign = found.groups()
        if number:
            return "number", number
        if name:
            return "name", name
        return ("definition", code) if code else ("sign", sign)

    def _take(self, *signs: str) -> str:
        if self.token is not None and self.token[0] == "sign" and self.token[1] in signs:
            sign = self.token[1]
            self.token = self._next()
            return sign
        return ""

    def _sum(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise FormulaUnreadable(problem="it is nested too deeply")
        node = self._product()
        while sign := self._take("+", "-"):
            node = Node(sign, "", (node, self._product()))
        self.depth -= 1
        return node

    def _product(self) -> Node:
        node = self._signed()
        while sign := self._take("*", "/"):
            node = Node(sign, "", (node, self._signed()))
        return node

    def _signed(self) -> Node:
        minus = 0
        while self._take("-"):
            minus += 1
        node = self._atom()
        return Node("negative", "", (node,)) if minus % 2 else node

    def _atom(self) -> Node:
        if self._take("("):
            node = self._sum()
            self._expect(")")
            return node
        if self.token is None or self.token[0] == "sign":
            raise self._unreadable()
        kind, text = self.token
        self.token = self._next()
        if kind == "name" and text in _FUNCTIONS:
            return self._call(text)
        return Node("measure" if kind == "name" else kind, text)

    def _call(self, name: str) -> Node:
        self._expect("(")
        parts = [self._sum()]
        while self._take(","):
            parts.append(self._sum())
        self._expect(")")
        if len(parts) != _FUNCTIONS[name][0]:
            raise FormulaUnreadable(problem=f"{name} takes {_FUNCTIONS[name][0]} values")
        return Node(name, "", tuple(parts))

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            raise self._unreadable()

    def _unreadable(self) -> FormulaUnreadable:
        return FormulaUnreadable(problem=f"it can not be read before character {self.at + 1}")
