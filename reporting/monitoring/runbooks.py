"""The runbooks of docs/runbooks, read for the screen. They use headings, paragraphs, lists and `code` alone."""

from __future__ import annotations

import re
from typing import Final

from django.conf import settings
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

HEADINGS: Final = ("Symptom", "Meaning", "What to do", "Who")
_NAME: Final = re.compile(r"[a-z0-9-]{1,60}")
_CODE: Final = re.compile(r"`([^`]+)`")


def runbook_text(name: str) -> str:
    """A runbook as it stands. Raises FileNotFoundError."""
    if not _NAME.fullmatch(name):
        raise FileNotFoundError(name)
    path = settings.BASE_DIR / "docs" / "runbooks" / f"{name}.md"
    return str(path.read_text(encoding="utf-8"))


def runbook_parts(name: str) -> tuple[str, list[tuple[str, SafeString]]]:
    """The title, and each heading with its text as safe HTML. Raises FileNotFoundError."""
    title, *sections = re.split(r"^## ", runbook_text(name), flags=re.MULTILINE)
    parts = [section.partition("\n") for section in sections]
    return title.strip().removeprefix("# "), [(heading.strip(), _shown(body)) for heading, _, body in parts]


def _shown(body: str) -> SafeString:
    shown: list[str] = []
    for block in body.strip().split("\n\n"):
        rows = block.strip().splitlines()
        if rows and all(re.match(r"(\d+\.|-) ", row) for row in rows):
            of = "ol" if rows[0][0].isdigit() else "ul"
            items = "".join(f"<li>{_line(row.partition(' ')[2])}</li>" for row in rows)
            shown.append(f'<{of} class="runbook-list runbook-{of}">{items}</{of}>')
        elif rows:
            shown.append(f"<p>{_line(' '.join(rows))}</p>")
    return mark_safe("".join(shown))  # noqa: S308 - every piece of text is escaped in _line


def _line(text: str) -> str:
    pieces = _CODE.split(text)
    return "".join(
        format_html('<code class="code">{}</code>', piece) if number % 2 else str(conditional_escape(piece))
        for number, piece in enumerate(pieces)
    )
