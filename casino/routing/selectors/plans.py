"""Which gateways a payment would try, in what order and why."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from casino.gateways.enums import Purpose
from casino.routing.types import RoutePlan


def route_plan(
    *, player_id: int, purpose: Purpose, method: str, amount: Decimal, currency: str, now: datetime,
    reference: str = "", instrument_gateway: str = "",
) -> RoutePlan:  # fmt: skip
    """The plan of a payment of `amount` in `currency` at `now`. Reads only; raises nothing: `refused` and `left_out` say it.

    `reference` is the order's own ("D-…", "W-…"): the choice by weight follows from it alone, so that it can be told
    again later. `instrument_gateway` is the gateway that holds the stored instrument's token: no other can charge it.
    """
    raise NotImplementedError
