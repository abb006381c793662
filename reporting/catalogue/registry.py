"""All reports. A report is a module in `reports/<family>/` with a constant `REPORT`; nothing else registers it."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from types import MappingProxyType

from reporting.catalogue import reports
from reporting.catalogue.errors import ReportUnknown
from reporting.catalogue.types import Report


@cache
def all_reports() -> MappingProxyType[str, Report]:
    """Every report by its code, in the order of their codes. The same code twice is a programming error."""
    found: dict[str, Report] = {}
    for module in walk_packages(reports.__path__, f"{reports.__name__}."):
        report = getattr(import_module(module.name), "REPORT", None)
        if isinstance(report, Report):
            if report.code in found:
                raise ValueError(f"the report {report.code!r} is defined twice")
            found[report.code] = report
    return MappingProxyType(dict(sorted(found.items())))


def report_get(code: str) -> Report:
    """The report of a code. Raises ReportUnknown."""
    if (report := all_reports().get(code)) is None:
        raise ReportUnknown(report=code)
    return report
