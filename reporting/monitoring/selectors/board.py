"""The health board: every rule in force with its newest values, its live alerts and the last hour."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from django.db.models import Max

from reporting.monitoring.enums import LIVE, Area
from reporting.monitoring.models import Alert, AlertRule, Evaluation, Sample
from reporting.monitoring.selectors.rules import rules_in_force
from reporting.monitoring.services.alerts import out_of_bounds

HOUR: Final = timedelta(hours=1)
SILENT: Final = timedelta(minutes=3)
MOST_SCOPES: Final = 8
Taken = tuple[datetime, Decimal]


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One rule and scope: the present value, whether it is out of bounds, the alert that is live, the last hour.

    `value` is None where the last evaluation measured nothing: of a measure with a label, that there is nothing of it.
    """

    rule: AlertRule
    scope: str
    value: Decimal | None
    beyond: bool
    alert: Alert | None
    last_hour: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The whole board. `silent`: nothing was evaluated for three minutes, so that nothing here can be believed."""

    areas: list[tuple[Area, list[BoardLine]]]
    evaluated_at: datetime | None
    silent: bool
    failed: list[str]


def board(*, now: datetime) -> Board:
    """The board as it stands, in five reads."""
    last = Evaluation.objects.filter(pk=1).first()
    live: dict[str, list[Alert]] = defaultdict(list)
    for alert in Alert.objects.filter(state__in=LIVE).order_by("since"):
        live[alert.code].append(alert)
    values = _values(now)
    present = Sample.objects.filter(minute__gt=now - HOUR, minute__lte=now).aggregate(at=Max("minute"))["at"]
    areas: dict[Area, list[BoardLine]] = {area: [] for area in Area}
    for rule in rules_in_force(now):
        areas[Area(rule.area)] += _lines(rule, live[rule.code], values.get(rule.measure, {}), present)
    at = last.evaluated_at if last else None
    for lines in areas.values():
        lines.sort(key=lambda line: line.alert is None)
    return Board(
        [(area, lines) for area, lines in areas.items() if lines], at, at is None or now - at > SILENT,
        last.failed if last else [],
    )  # fmt: skip


def _values(now: datetime) -> dict[str, dict[str, list[Taken]]]:
    found: dict[str, dict[str, list[Taken]]] = defaultdict(lambda: defaultdict(list))
    rows = Sample.objects.filter(minute__gt=now - HOUR, minute__lte=now).order_by("minute")
    for measure, scope, minute, value in rows.values_list("measure", "scope", "minute", "value"):
        found[measure][scope].append((minute, value))
    return found


def _lines(
    rule: AlertRule, alerts: list[Alert], values: dict[str, list[Taken]], present: datetime | None
) -> list[BoardLine]:
    """Alerts first, then the scopes that are furthest out, few of many; one empty line where nothing is measured."""
    by_scope = {alert.scope: alert for alert in alerts}
    there = [scope for scope, taken in values.items() if taken[-1][0] == present and scope not in by_scope]
    rest = sorted(there, key=lambda scope: -abs(values[scope][-1][1]))
    lines: list[BoardLine] = []
    for scope in [*by_scope, *rest[: max(MOST_SCOPES - len(by_scope), 1)]]:
        hour = values.get(scope, [])
        value = hour[-1][1] if hour and hour[-1][0] == present else None
        beyond = value is not None and rule.enabled and out_of_bounds(rule, value)
        lines.append(BoardLine(rule, scope, value, beyond, by_scope.get(scope), tuple(value for _at, value in hour)))
    return lines or [BoardLine(rule, "", None, False, None, ())]
