"""`recompute_statement`: reckon a statement's file anew and compare it line by line. Needs only Python."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from affiliates.engine.codec import as_data, from_data
from affiliates.engine.errors import StatementRefused
from affiliates.engine.facts import Case, Statement
from affiliates.engine.statement import statement_of

SAME, DIFFERENT, UNREADABLE = 0, 1, 2


def recompute(path: Path) -> tuple[int, list[str]]:
    """The exit code and what to print: 0 when every line, the total and the balances come out as the file says."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(data, dict) or not {"case", "statement"} <= data.keys():
            raise StatementRefused("The file holds no case and statement.")
        case, told = from_data(Case, data["case"]), from_data(Statement, data["statement"])
        reckoned = statement_of(case)
    except (OSError, ValueError, StatementRefused) as problem:
        return UNREADABLE, [f"{path.name}: {problem}"]
    said = [f"{case.affiliate}, {case.first} to {case.last}, {case.currency}: {len(case.days)} days of play"]
    for number, (line, other) in enumerate(_paired(reckoned, told), start=1):
        if line is None or other is None or line != other:
            said.append(f"line {number} differs: reckoned {_worded(line)}; the file says {_worded(other)}")
    for name in ("total", "payable", "closing"):
        ours, theirs = getattr(reckoned, name), getattr(told, name)
        if ours != theirs:
            said.append(f"{name} differs: reckoned {as_data(ours)}; the file says {as_data(theirs)}")
    if len(said) > 1:
        return DIFFERENT, said
    return SAME, [*said, f"{len(told.lines)} lines, total {told.total} {case.currency}: the same to the last digit"]


def _paired(reckoned: Statement, told: Statement) -> list[tuple[object, object]]:
    longest = max(len(reckoned.lines), len(told.lines))
    ours, theirs = [*reckoned.lines, *[None] * longest], [*told.lines, *[None] * longest]
    return list(zip(ours[:longest], theirs[:longest], strict=True))


def _worded(line: object) -> str:
    return "nothing" if line is None else json.dumps(as_data(line), sort_keys=True, ensure_ascii=False)


def main(arguments: list[str]) -> int:
    """Print the comparison; the exit code tells the outcome."""
    if len(arguments) != 1:
        print("usage: recompute_statement statement.json")  # noqa: T201
        return UNREADABLE
    code, said = recompute(Path(arguments[0]))
    print("\n".join(said))  # noqa: T201
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
