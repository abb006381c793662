"""docs/sandbox-gateway.md tells the table by which the server decides."""

from pathlib import Path

import pytest

from casino.gateways.sandbox_server.outcomes import TABLES

PAGE = Path(__file__).resolve().parents[3] / "docs" / "sandbox-gateway.md"


@pytest.mark.parametrize("purpose", sorted(TABLES))
def test_the_page_has_every_outcome_and_no_other(purpose: str) -> None:
    part = PAGE.read_text(encoding="utf-8").partition(f"### {purpose.capitalize()}s")[2].partition("\n#")[0]
    told = {line for line in part.splitlines() if line.startswith("| .")}
    assert told == {f"| .{c:02d} | {one.title} | {one.answered} |" for c, one in TABLES[purpose].items()}
