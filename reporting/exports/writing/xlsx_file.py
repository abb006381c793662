"""An Excel workbook, written row by row with flat memory. Formulas and links are never made from what people typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import xlsxwriter
from django.db import connection

from reporting.catalogue.enums import ColumnKind
from reporting.exports.errors import CellTooLong
from reporting.exports.writing.cells import Cell, Sheet
from reporting.exports.writing.progress import EVERY_ROWS, Heard

# Of Excel itself; the first row is the heading.
SHEET_ROWS: Final = 1_048_576
CELL_CHARACTERS: Final = 32_767
EXACT_DIGITS: Final = 15  # what a number of Excel holds; longer amounts are written as text
FETCH_ROWS: Final = 2_000


def text_rows(sheet: Sheet) -> Iterator[tuple[str | None, ...]]:
    """The rows as text, streamed by a server-side cursor. Needs a transaction."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sheet.sql, dict[str, Any](sheet.parameters))
        while rows := cursor.fetchmany(FETCH_ROWS):
            yield from rows


class Workbook:
    """Writes a workbook to `path`: the rows on as many sheets as they need, then a sheet about the report."""

    def __init__(self, path: Path, *, title: str, made_at: datetime, sheet_rows: int = SHEET_ROWS) -> None:
        options = {
            "constant_memory": True, "remove_timezone": True, "strings_to_formulas": False, "strings_to_urls": False,
            "strings_to_numbers": False, "tmpdir": str(path.parent),
        }  # fmt: skip
        self._book = xlsxwriter.Workbook(str(path), options)
        self._book.set_properties({"title": title, "created": made_at.replace(tzinfo=None)})
        self._bold = self._book.add_format({"bold": True})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._whole = self._book.add_format({"num_format": "#,##0"})
        self._number = self._book.add_format({"num_format": "#,##0.00##################"})
        self._sheet_rows = sheet_rows
        self.rows = 0

    def write(self, cells: Sequence[Cell], rows: Iterable[Sequence[str | None]], heard: Heard) -> None:
        """All rows; a further sheet where one is full."""
        page = self._page(cells, 1)
        line = 0
        for row in rows:
            line += 1
            if line == self._sheet_rows:
                page = self._page(cells, 1 + self.rows // (self._sheet_rows - 1))
                line = 1
            for column, (cell, value) in enumerate(zip(cells, row, strict=True)):
                if value is not None:
                    self._put(page, line, column, cell, value)
            self.rows += 1
            if self.rows % EVERY_ROWS == 0:
                heard(self.rows)

    def about(self, lines: Sequence[tuple[str, str]]) -> None:
        """The sheet with the report's header: what it is, of when, by which definitions (G-72)."""
        page = self._book.add_worksheet("About")
        page.set_column(0, 0, 28)
        page.set_column(1, 1, 100)
        for number, (word, value) in enumerate(lines):
            page.write_string(number, 0, word, self._bold)
            page.write_string(number, 1, value)

    def close(self) -> None:
        """Finish the file."""
        self._book.close()

    def _page(self, cells: Sequence[Cell], number: int) -> Any:
        page = self._book.add_worksheet("Rows" if number == 1 else f"Rows {number}")
        page.freeze_panes(1, 0)
        for column, cell in enumerate(cells):
            page.set_column(column, column, min(40, max(12, len(cell.title) + 2)))
            page.write_string(0, column, cell.title, self._bold)
        return page

    def _put(self, page: Any, line: int, column: int, cell: Cell, value: str) -> None:
        if cell.numeric and sum(letter.isdigit() for letter in value) <= EXACT_DIGITS:
            whole = cell.source.kind in (ColumnKind.WHOLE, ColumnKind.MINUTES)
            page.write_number(line, column, float(Decimal(value)), self._whole if whole else self._number)
        elif cell.source.kind is ColumnKind.DAY:
            page.write_datetime(line, column, date.fromisoformat(value), self._day)
        elif len(value) > CELL_CHARACTERS:
            raise CellTooLong(row=f"{self.rows + 1}", column=cell.name)
        else:
            page.write_string(line, column, value)
