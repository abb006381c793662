"""Everything that is measured, by its code."""

from __future__ import annotations

from typing import Final

from reporting.monitoring.measures import calls, money, platform, play, queues
from reporting.monitoring.measures.types import Measure

MEASURES: Final[dict[str, Measure]] = {
    measure.code: measure
    for measure in (*calls.MEASURES, *money.MEASURES, *play.MEASURES, *queues.MEASURES, *platform.MEASURES)
}
