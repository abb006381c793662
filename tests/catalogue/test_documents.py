"""The table of reports in the documents is the catalogue's."""

from __future__ import annotations

from reporting.catalogue.management.commands.reports_table import DOCUMENT, written


def test_the_table_of_reports_is_current() -> None:
    told = DOCUMENT.read_text(encoding="utf-8")
    assert written(told) == told, "run manage.py reports_table"
