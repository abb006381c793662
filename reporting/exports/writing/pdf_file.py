"""A small report as PDF, with header and footer on every page and "page x of y" (G-72). Same rows, same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Any, Final

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, Spacer, TableStyle

from reporting.exports.writing.about import About
from reporting.exports.writing.cells import Cell
from reporting.exports.writing.progress import EVERY_ROWS, Heard
from reporting.exports.writing.totals import Totals

MOST_ROWS: Final = 5_000
_SMALL: Final = ParagraphStyle("small", fontName="Helvetica", fontSize=7, leading=8.5)
_RIGHT: Final = ParagraphStyle("right", parent=_SMALL, alignment=2)
_BOLD: Final = ParagraphStyle("bold", parent=_SMALL, fontName="Helvetica-Bold")
_TITLE: Final = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=14, leading=18)


class NumberedCanvas(Canvas):  # type: ignore[misc]  # reportlab has no types
    """Knows how many pages there are before it writes the first footer."""

    footer: str = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Write the pages that were kept, each with its footer."""
        count = len(self._pages)
        for number, page in enumerate(self._pages, start=1):
            self.__dict__.update(page)
            self.setFont("Helvetica", 7)
            self.drawString(12 * mm, 8 * mm, self.footer)
            self.drawRightString(landscape(A4)[0] - 12 * mm, 8 * mm, f"Page {number} of {count}")
            Canvas.showPage(self)
        Canvas.save(self)


def pdf_write(
    path: Path, *, about: About, cells: Sequence[Cell], rows: Iterable[Sequence[str | None]], totals: Totals,
    reconciliation: Sequence[tuple[str, ...]] = (), heard: Heard,
) -> int:  # fmt: skip
    """Write the file and return its number of rows. All of it is in memory at once: only for small reports."""
    page = landscape(A4)
    title = about.report.title
    document = SimpleDocTemplate(
        str(path), pagesize=page, leftMargin=12 * mm, rightMargin=12 * mm, topMargin=12 * mm, bottomMargin=15 * mm,
        title=title, author=about.requester, invariant=1, pageCompression=1,
    )  # fmt: skip
    width = page[0] - 24 * mm
    story: list[Any] = [Paragraph(escape(title), _TITLE), Spacer(0, 2 * mm)]
    head = [[Paragraph(escape(word), _BOLD), Paragraph(escape(value), _SMALL)] for word, value in about.lines()[1:]]
    story += [LongTable(head, colWidths=[45 * mm, width - 45 * mm], style=_plain()), Spacer(0, 4 * mm)]
    body, count = _body(cells, rows, heard)
    if count:
        widths = [width / len(cells)] * len(cells)
        story.append(LongTable(body, colWidths=widths, repeatRows=1, style=_ruled()))
    else:
        story.append(Paragraph("No activity.", _SMALL))
    story += [Spacer(0, 4 * mm), *_closing(totals, reconciliation, width)]
    footer = f"{title} · {about.question.first} – {about.question.last} · made for {about.requester} · "
    footer += f"{about.made_at:%Y-%m-%d %H:%M:%S} UTC"
    made = type("Numbered", (NumberedCanvas,), {"footer": footer})
    document.build(story, canvasmaker=made)
    return count


def _body(
    cells: Sequence[Cell], rows: Iterable[Sequence[str | None]], heard: Heard
) -> tuple[list[list[Paragraph]], int]:
    styles = [_RIGHT if cell.numeric else _SMALL for cell in cells]
    body = [[Paragraph(escape(cell.title), _BOLD) for cell in cells]]
    for count, row in enumerate(rows, start=1):
        body.append([Paragraph(escape(value or ""), style) for value, style in zip(row, styles, strict=True)])
        if count % EVERY_ROWS == 0:
            heard(count)
    return body, len(body) - 1


def _closing(totals: Totals, reconciliation: Sequence[tuple[str, ...]], width: float) -> list[Any]:
    """Totals, and where the report has one, its reconciliation with the ledger."""
    found: list[Any] = [_pairs(totals.lines(), width)]
    if reconciliation:
        found += [Spacer(0, 3 * mm), _pairs([(row[0], " | ".join(row[1:])) for row in reconciliation], width)]
    return found


def _pairs(lines: Sequence[tuple[str, str]], width: float) -> LongTable:
    rows = [[Paragraph(escape(word), _BOLD), Paragraph(escape(value), _SMALL)] for word, value in lines]
    return LongTable(rows, colWidths=[70 * mm, width - 70 * mm], style=_plain())


def _plain() -> TableStyle:
    return TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("TOPPADDING", (0, 0), (-1, -1), 0.5),
                       ("BOTTOMPADDING", (0, 0), (-1, -1), 0.5), ("LEFTPADDING", (0, 0), (-1, -1), 0)])  # fmt: skip


def _ruled() -> TableStyle:
    return TableStyle([
        ("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBELOW", (0, 0), (-1, -1), 0.25, colors.lightgrey),
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, colors.black), ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2), ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
    ])  # fmt: skip
