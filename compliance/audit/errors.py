"""Why a setting of the trail is refused."""

from __future__ import annotations

from common.errors import Refusal


class ThresholdNotPositive(Refusal):
    code = "threshold_not_positive"
    message = "A threshold is a number above zero."
    recorded = False
