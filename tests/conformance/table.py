"""docs/conformance.md out of the catalogue, the tests' names and the remarks: `python -m tests.conformance.table`."""

from __future__ import annotations

import ast
import csv
import re
from collections import defaultdict
from pathlib import Path

from tests.servers import CHECKOUT

HERE = Path(__file__).resolve().parent
TABLE = CHECKOUT / "docs/conformance.md"
COVERED = "contract"  # a remark of this kind says which way the contract went; a test is there all the same
NAMED = re.compile(r"test_case_((?:\d{3}_)+)")
HEAD = """# Conformance: what a certified wallet does, case by case

The 201 cases of the industry's certification suites, against wallet API v1 over real HTTP. Each case has tests, named
after it in `tests/conformance/`, or says why it has none here. Where dialects differ, the contract decides; the remark
says how. Written by `python -m tests.conformance.table`, and compared by a test.

| # | given | when | then | here |
|---|---|---|---|---|
"""


def rows(name: str) -> list[dict[str, str]]:
    """One of the tab-separated files beside this one."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def named_by_case() -> dict[int, list[str]]:
    """Names of the test functions of each case."""
    found: dict[int, list[str]] = defaultdict(list)
    for path in sorted(HERE.glob("test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and (match := NAMED.match(node.name)):
                for case in match.group(1).strip("_").split("_"):
                    found[int(case)].append(node.name)
    return found


def table_text() -> str:
    """The whole document."""
    tests = named_by_case()
    remarks = {int(row["case"]): (row["kind"], row["text"]) for row in rows("remarks.tsv")}
    lines = []
    for row in rows("catalogue.tsv"):
        case = int(row["case"])
        kind, text = remarks.get(case, ("", ""))
        said = [f"`{name}`" for name in tests.get(case, [])]
        if kind == COVERED:
            said.append(text)
        elif kind:
            said.append(f"{'arrives with ' if kind.startswith('issue') else ''}{kind}: {text}")
        lines.append(f"| {case} | {row['given']} | {row['when']} | {row['then']} | {'; '.join(said)} |\n")
    return HEAD + "".join(lines)


if __name__ == "__main__":
    TABLE.write_text(table_text(), encoding="utf-8")
