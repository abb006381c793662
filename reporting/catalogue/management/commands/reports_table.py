"""manage.py reports_table: the table of all reports in docs/reports.md, written anew from the reports themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand

from reporting.catalogue.enums import Family
from reporting.catalogue.registry import all_reports

DOCUMENT: Final = Path(settings.BASE_DIR) / "docs" / "reports.md"
BEGINS: Final = "<!-- reports: written by manage.py reports_table -->\n"
ENDS: Final = "<!-- end of reports -->\n"


def table() -> str:
    """A section for each family, a line for each report."""
    parts = []
    for family in Family:
        lines = [
            f"| `{one.code}` | {one.title} | {', '.join(one.ids)} | {'yes' if one.personal else ''} |"
            f" {'yes' if one.ties else ''} | {one.about} |"
            for one in all_reports().values()
            if one.family is family
        ]
        head = "| code | title | answers | personal | tied | what it tells |\n|---|---|---|---|---|---|\n"
        parts.append(f"### {family.value.capitalize()}\n\n{head}" + "\n".join(lines) + "\n")
    return "\n" + "\n".join(parts) + "\n"


def written(document: str) -> str:
    """The document with the table as it is now."""
    before, _, rest = document.partition(BEGINS)
    return before + BEGINS + table() + ENDS + rest.partition(ENDS)[2]


class Command(BaseCommand):
    """Writes the table into docs/reports.md."""

    help = "Write the table of all reports into docs/reports.md."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Nothing else of the document changes."""
        DOCUMENT.write_text(written(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
        self.stdout.write(f"{len(all_reports())} reports.")
