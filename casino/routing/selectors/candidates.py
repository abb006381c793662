"""Of all gateways that carry a method: those that may be tried for a player, and why the others not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby

from casino.gateways.enums import Purpose
from casino.routing.decisions.specificity import misfit, most_specific
from casino.routing.enums import Omission
from casino.routing.models import PaymentMethod, Route
from casino.routing.selectors.health import health_of
from casino.routing.selectors.rows import routes_at
from casino.routing.types import Circumstances, Decline, LeftOut


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Routes that may be tried, in no order yet, and the gateways that are left out."""

    routes: tuple[Route, ...]
    left_out: tuple[LeftOut, ...]


def candidates_of(
    *, method: PaymentMethod, purpose: Purpose, around: Circumstances, now: datetime, amount: Decimal | None = None,
    only: str = "", declines: Mapping[str, Decline] | None = None,
) -> Candidates:  # fmt: skip
    """One route or one reason for each gateway. `amount` None: any amount; `only`: the gateway of a stored instrument.

    A gateway that declined the player is left out only if another one is left to try.
    """
    routes: list[Route] = []
    left_out: list[LeftOut] = []
    rows = sorted(routes_at(method, purpose, now), key=lambda row: row.gateway)
    for gateway, group in groupby(rows, key=lambda row: row.gateway):
        found = _of_gateway(gateway, list(group), around, amount, only, now)
        if isinstance(found, Route):
            routes.append(found)
        else:
            left_out.append(found)
    kept = [route for route in routes if route.gateway not in (declines or {})]
    if kept:
        left_out += [_declined(route, declines[route.gateway]) for route in routes if declines and route not in kept]
        routes = kept
    return Candidates(routes=tuple(routes), left_out=tuple(left_out))


def _of_gateway(
    gateway: str, rows: Sequence[Route], around: Circumstances, amount: Decimal | None, only: str, now: datetime
) -> Route | LeftOut:
    if only and gateway != only:
        text = f"The stored instrument is known to {only} alone."
        return LeftOut(gateway=gateway, why=Omission.OTHER_GATEWAY, text=text)
    fitting = [row for row in rows if not misfit(row, around)]
    if not fitting:
        words = sorted({misfit(row, around) for row in rows})
        why = Omission.CURRENCY if words == ["currency"] else Omission.ELSEWHERE
        return LeftOut(gateway=gateway, why=why, text=f"Its routes are for another {' or '.join(words)}.")
    chosen = most_specific((row for row in fitting if _takes(row, amount)), around)
    if chosen is None:
        ranges = ", ".join(range_words(row) for row in fitting)
        return LeftOut(gateway=gateway, why=Omission.AMOUNT, text=f"It takes {ranges}.")
    route = chosen.row
    if not route.switched_on:
        text = f"Route {route.pk} is switched off: {route.reason}"
        return LeftOut(gateway=gateway, why=Omission.SWITCHED_OFF, text=text, route_id=route.pk)
    health = health_of(gateway, Purpose(route.purpose), now)
    if health.against is not None:
        return LeftOut(gateway=gateway, why=health.against, text=health.text, route_id=route.pk)
    return route


def _takes(row: Route, amount: Decimal | None) -> bool:
    if amount is None:
        return True
    return (row.amount_from is None or amount >= row.amount_from) and (
        row.amount_below is None or amount < row.amount_below
    )


def range_words(row: Route) -> str:
    """The amounts that a route takes, in words."""
    least = f"from {row.amount_from.normalize():f}" if row.amount_from is not None else ""
    most = f"below {row.amount_below.normalize():f}" if row.amount_below is not None else ""
    return f"{least} {most}".strip() + f" {row.currency}" if least or most else "any amount"


def _declined(route: Route, decline: Decline) -> LeftOut:
    text = f"It declined this player with {decline.code} at {decline.at:%Y-%m-%d %H:%M} UTC."
    return LeftOut(gateway=route.gateway, why=Omission.DECLINED_BEFORE, text=text, route_id=route.pk)
