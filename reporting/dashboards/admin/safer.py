"""Safer gambling at a glance."""

from __future__ import annotations

from typing import Any, Final

from common.backoffice.sections import Section
from compliance.exclusions.enums import ExclusionKind
from compliance.harm.enums import Channel, Tier
from compliance.limits.enums import LimitKind, LimitOwner
from reporting.catalogue.types import Question
from reporting.dashboards.admin.parts import Parts, Plot, labels, percent, report_address, whole
from reporting.dashboards.selectors import safer
from reporting.dashboards.selectors.figures import Meanings
from reporting.dashboards.selectors.rows import by_day as of_days
from reporting.dashboards.selectors.rows import summed
from reporting.dashboards.types import Period
from reporting.overview.admin.charts import GREY, PRIMARY, Chart, Series

LIMITS: Final = "limits"
EXCLUSIONS: Final = "exclusions"
INTERACTIONS: Final = "rg-interactions"
CASES: Final = "#b45309"


def parts(question: Question) -> Parts:
    """Six readings."""
    known = Meanings()
    set_, out, cases = safer.limits(question), safer.exclusions(question), safer.tiers(question)
    talks, daily = safer.channels(question), safer.by_day(question)
    limits, talked = report_address(LIMITS, question), report_address(INTERACTIONS, question)
    excluded = report_address(EXCLUSIONS, question)
    words = known.about("KPI-22", question.last)
    late = summed(cases, "late")
    tiles = [
        whole("Limits in force", summed(set_, "in_force"), address=limits),
        percent(
            "Active players with a limit", known.value("KPI-22", safer.limited(question), at=question.last),
            about=words, address=limits,
        ),
        whole("Limits set", summed(set_, "set"), address=limits, note=f"{summed(set_, 'lowered'):,} of them lower."),
        whole("Exclusions in force", summed(out, "standing"), address=excluded),
        whole("Exclusions placed", summed(out, "placed"), address=excluded),
        whole("Players at risk, open cases", summed(cases, "cases"), address=talked, alarm=late > 0,
              note=f"{summed(cases, 'waiting'):,} not met yet, {late:,} of them too late."),
        whole("Interactions", summed(talks, "interactions"), address=talked,
              note=f"With {summed(talks, 'people'):,} players."),
    ]  # fmt: skip
    days = Period(question.first, question.last).days
    series = [
        Series(title, [float(of_days(daily, name).get(day, 0)) for day in days], colour, dashed=dashed)
        for title, name, colour, dashed in (
            ("Exclusions placed", "exclusions", PRIMARY, False), ("Cases opened", "cases", CASES, False),
            ("Interactions", "interactions", GREY, True),
        )
    ]  # fmt: skip
    chart = Chart("Safer gambling by day", "line", labels(days), series, "events", "business day", 0, "No activity.")
    return Parts(
        tiles=tiles,
        plots=[Plot(chart, talked)],
        sections=[
            Section(
                "Players at risk by level", ("Level", "Open cases", "Not met yet", "Too late"),
                [(Tier(row["tier"]).label, *_numbers(row, "cases", "waiting", "late")) for row in cases],
                empty="No case is open.", links=_link(talked),
            ),
            Section(
                "Limits", ("Kind", "Whose", "In force", "Set", "Lowered"),
                [
                    (LimitKind(row["kind"]).label, LimitOwner(row["owner"]).label,
                     *_numbers(row, "in_force", "set", "lowered"))
                    for row in set_
                ],
                empty="Nobody has a limit.", links=_link(limits),
            ),
            Section(
                "Breaks and exclusions", ("Kind", "In force", "Placed", "Over"),
                [(ExclusionKind(row["kind"]).label, *_numbers(row, "standing", "placed", "over")) for row in out],
                empty="Nobody is excluded.", links=_link(excluded),
                note="Exclusions that follow a person's other account are counted once.",
            ),
            Section(
                "Interactions by channel", ("Channel", "Interactions", "Players"),
                [(Channel(row["channel"]).label, *_numbers(row, "interactions", "people")) for row in talks],
                empty="None on these days.", links=_link(talked),
            ),
        ],
        empty=not any((set_, out, cases, talks, daily)),
    )  # fmt: skip


def _numbers(row: dict[str, Any], *names: str) -> list[str]:
    return [f"{row[name]:,}" for name in names]


def _link(address: str) -> list[tuple[str, str]]:
    return [("Report", address)] if address else []
