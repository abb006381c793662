"""The house's figures as Prometheus reads them, and its alerts as a rules file: both from the same rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final, Protocol

from common.money import decimal_text
from reporting.monitoring.enums import Expression
from reporting.monitoring.measures import MEASURES

PREFIX: Final = "casino_"


class Rule(Protocol):
    """What of a rule of alerts stands in the file: a row, or its seed."""

    @property
    def code(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def measure(self) -> str: ...
    @property
    def expression(self) -> str: ...
    @property
    def threshold(self) -> Decimal: ...
    @property
    def severity(self) -> str: ...
    @property
    def runbook(self) -> str: ...


def expression_of(rule: Rule, window: int) -> str:
    """The rule's condition over the gauge of its measure."""
    name, bound = f"{PREFIX}{rule.measure}", decimal_text(rule.threshold)
    if rule.expression == Expression.BELOW:
        return f"{name} < {bound}"
    if rule.expression == Expression.DRIFT:
        return f"abs({name}) > {bound}"
    if rule.expression == Expression.GROWTH:
        return f"{name} > {bound} and delta({name}[{window}m]) > 0"
    return f"{name} > {bound}"


def rules_file(rules: Sequence[tuple[Rule, int]]) -> str:
    """A rules file of Prometheus for these rules with their windows in minutes."""
    lines = [
        "# Made by `manage.py alert_rules`; a test compares it with the alerts that a new house begins with.",
        "groups:",
        "  - name: casino",
        "    rules:",
    ]
    for rule, window in rules:
        waits = 0 if rule.expression == Expression.GROWTH else window
        lines += [
            f"      - alert: {rule.code}",
            f"        expr: {expression_of(rule, window)}",
            f"        for: {waits}m",
            "        labels:",
            f"          severity: {rule.severity}",
            "        annotations:",
            f"          summary: {_quoted(rule.title)}",
            f"          runbook: docs/runbooks/{rule.runbook}.md",
        ]
    return "\n".join([*lines, _SILENT, ""])


# What the house itself can not tell: that it evaluates no more.
_SILENT: Final = """\
      - alert: evaluation_silent
        expr: casino_evaluation_age_seconds > 180 or absent(casino_evaluation_age_seconds)
        for: 2m
        labels:
          severity: p1
        annotations:
          summary: "The house evaluates no alerts"
          runbook: docs/runbooks/schedule-silent.md"""


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


Line = tuple[dict[str, str], Decimal | int | float]


def exposed(name: str, kind: str, words: str, lines: Iterable[Line]) -> str:
    """One metric in the text format; `name` without the house's prefix. A histogram's lines name their own parts."""
    rows = [f"# HELP {PREFIX}{name} {words}", f"# TYPE {PREFIX}{name} {kind}"]
    for labels, value in lines:
        part = labels.get("", "")
        told = ",".join(f"{key}={_quoted(text)}" for key, text in labels.items() if key)
        rows.append(
            f"{PREFIX}{name}{part}{{{told}}} {_number(value)}" if told else f"{PREFIX}{name}{part} {_number(value)}"
        )
    return "\n".join(rows) + "\n"


def _number(value: Decimal | float) -> str:
    return decimal_text(value) if isinstance(value, Decimal) else repr(value)


def gauges(samples: Iterable[tuple[str, str, Decimal]]) -> str:
    """Every measure of the last minute. Wide labels stay inside: the value furthest from zero stands for all."""
    by_measure: dict[str, list[tuple[str, Decimal]]] = {}
    for sampled, scope, value in samples:
        by_measure.setdefault(sampled, []).append((scope, value))
    parts: list[str] = []
    for code, measure in MEASURES.items():
        found = by_measure.get(code, [])
        if measure.wide and found:
            found = [("", max((value for _scope, value in found), key=abs))]
        label = "" if measure.wide else measure.label
        lines: list[Line] = [({label: scope} if label and scope else {}, value) for scope, value in found]
        if lines:
            words = f"{measure.title}{f' ({measure.unit})' if measure.unit else ''}"
            parts.append(exposed(code, "gauge", words, lines))
    return "".join(parts)
