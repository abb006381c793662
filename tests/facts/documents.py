"""Tables of documents, as rows of texts without their marks."""

from __future__ import annotations

from pathlib import Path


def table_with(document: Path, heading: str, column: int = 0) -> list[list[str]]:
    """The rows below the first table head whose `column` is `heading`."""
    rows: list[list[str]] = []
    for line in document.read_text().splitlines():
        cells = [cell.strip().strip("`") for cell in line.strip().strip("|").split("|")] if line.startswith("|") else []
        if rows and not cells:
            break
        if rows or (len(cells) > column and cells[column] == heading):
            rows.append(cells)
    assert len(rows) > 2, f"{document.name} has no table with {heading!r}"
    return rows[2:]
