"""Charts for Chart.js, which unfold carries, each with the same figures as a table for whoever can not see it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

GREY: Final = "#8b93a1"
PRIMARY: Final = "var(--color-primary-500)"


@dataclass(frozen=True, slots=True)
class Series:
    """One line or set of bars; None where nothing is known yet. `dashed` is for what it is compared with."""

    name: str
    values: Sequence[Decimal | float | int | None]
    colour: str = PRIMARY
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with named axes; `unit` stands on the upright one, `along` on the other."""

    title: str
    kind: str
    labels: Sequence[str]
    series: Sequence[Series]
    unit: str
    along: str
    places: int = 0
    empty: str = ""

    @property
    def data(self) -> str:
        """What Chart.js draws, to a pixel's precision."""
        return json.dumps({"labels": list(self.labels), "datasets": [_dataset(one) for one in self.series]})

    @property
    def options(self) -> str:
        """Axes, legend and ticks."""
        ticks: dict[str, Any] = {"color": GREY, "maxRotation": 0, "autoSkip": True, "display": True}
        return json.dumps(
            {
                "responsive": True,
                "maintainAspectRatio": False,
                "animation": False,
                "interaction": {"mode": "index", "intersect": False},
                "plugins": {
                    "legend": {
                        "display": True,
                        "align": "end",
                        "labels": {"color": GREY, "usePointStyle": True, "boxWidth": 24},
                    },
                    "tooltip": {"enabled": True},
                },
                "scales": {
                    "x": {"grid": {"display": False}, "ticks": ticks, "title": _title(self.along)},
                    "y": {
                        "display": True,
                        "beginAtZero": True,
                        "ticks": ticks | ({} if self.places else {"precision": 0}),
                        "title": _title(self.unit),
                    },
                },
            }
        )

    @property
    def rows(self) -> list[list[str]]:
        """The table: a label and a figure of each series."""
        return [
            [label, *(self._figure(one.values[place]) for one in self.series)]
            for place, label in enumerate(self.labels)
        ]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(value for one in self.series for value in one.values)

    def _figure(self, value: Decimal | float | int | None) -> str:
        return "–" if value is None else f"{value:,.{self.places}f}"


def _title(text: str) -> dict[str, Any]:
    return {"display": True, "text": text, "color": GREY}


def _dataset(series: Series) -> dict[str, Any]:
    found: dict[str, Any] = {
        "label": series.name,
        "data": [None if value is None else round(float(value), 3) for value in series.values],
        "backgroundColor": series.colour,
        "borderColor": series.colour,
        "pointStyle": "line",
        "spanGaps": False,
        "pointRadius": 0,
        "borderWidth": 2,
    }
    if series.dashed:
        found["borderDash"] = [5, 4]
    return found
