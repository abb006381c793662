"""Which gateways a payment would try, in what order and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Final

from casino.gateways.enums import Purpose
from casino.routing.decisions.fees import fee_of
from casino.routing.decisions.shares import share_order
from casino.routing.decisions.specificity import reason_of
from casino.routing.enums import Omission
from casino.routing.models import PaymentMethod, Route
from casino.routing.registry import declines_of
from casino.routing.selectors.candidates import candidates_of, range_words
from casino.routing.selectors.circumstances import circumstances_of
from casino.routing.selectors.offers import offer_of
from casino.routing.types import LeftOut, MethodOffer, RoutePlan, RouteStep
from common.currencies import CURRENCIES
from common.money import decimal_text
from players.models import Player

# For so long a gateway that declined a player for good is not asked about him again while there is another.
DECLINES_REMEMBERED: Final = timedelta(hours=1)


def route_plan(
    *, player_id: int, purpose: Purpose, method: str, amount: Decimal, currency: str, now: datetime,
    reference: str = "", instrument_gateway: str = "",
) -> RoutePlan:  # fmt: skip
    """The plan of a payment of `amount` in `currency` at `now`. Reads only; `refused` and `left_out` say what is wrong.

    `reference` is the order's own ("D-…", "W-…"): the choice by weight follows from it alone, so that it can be told
    again later. `instrument_gateway` is the gateway that holds the stored instrument's token: no other can charge it.
    Raises Player.DoesNotExist.
    """
    player = Player.objects.get(pk=player_id)
    known = PaymentMethod.objects.filter(code=method).first()
    refused = _refusal(known, purpose)
    if known is None or refused is not None:
        return _plan(method, purpose, amount, currency, refused=refused)
    around = circumstances_of(player, currency)
    offer = offer_of(known, purpose, player, around, now)
    refused = offer.why_not or _outside(offer, amount)
    if refused is not None:
        return _plan(method, purpose, amount, currency, offer=offer, refused=refused)
    found = candidates_of(
        method=known, purpose=purpose, around=around, now=now, amount=amount, only=instrument_gateway,
        declines=declines_of(player_id, purpose, method, now - DECLINES_REMEMBERED),
    )  # fmt: skip
    steps = _steps(found.routes, reference)
    return _plan(
        method, purpose, amount, currency, offer=offer, steps=steps, left_out=found.left_out,
        refused=None if steps else Omission.NO_ROUTE,
    )  # fmt: skip


def _refusal(known: PaymentMethod | None, purpose: Purpose) -> Omission | None:
    if known is None:
        return Omission.METHOD_UNKNOWN
    serves = known.for_deposit if purpose == Purpose.DEPOSIT else known.for_payout
    return None if serves else Omission.NOT_FOR_PURPOSE


def _outside(offer: MethodOffer, amount: Decimal) -> Omission | None:
    if amount < offer.minimum:
        return Omission.BELOW_MINIMUM
    if offer.maximum is not None and amount > offer.maximum:
        return Omission.ABOVE_MAXIMUM
    return None


def _steps(routes: Sequence[Route], reference: str) -> tuple[RouteStep, ...]:
    steps: list[RouteStep] = []
    for place, group in groupby(sorted(routes, key=lambda route: route.place), key=lambda route: route.place):
        by_gateway = {route.gateway: route for route in group}
        weights = [(gateway, route.weight) for gateway, route in by_gateway.items()]
        for gateway, share in share_order(reference, weights):
            route = by_gateway[gateway]
            reason = f"route {route.pk}, {reason_of(route)}, {range_words(route)}; place {place}, {share}"
            steps.append(
                RouteStep(
                    gateway=gateway, gateway_method=route.gateway_method, stop_codes=frozenset(route.stop_codes),
                    route_id=route.pk, reason=reason,
                )
            )  # fmt: skip
    return tuple(steps)


def _plan(
    method: str, purpose: Purpose, amount: Decimal, currency: str, *, offer: MethodOffer | None = None,
    steps: tuple[RouteStep, ...] = (), left_out: tuple[LeftOut, ...] = (), refused: Omission | None = None,
) -> RoutePlan:  # fmt: skip
    known = CURRENCIES.get(currency)
    fee = fee_of(offer.fee, amount, known) if offer is not None and known is not None else Decimal(0)
    return RoutePlan(
        method=method, purpose=purpose, amount=amount, currency=currency, fee_amount=fee, offer=offer, steps=steps,
        left_out=left_out, refused=refused, refused_text=_words(refused, offer),
    )  # fmt: skip


def _words(refused: Omission | None, offer: MethodOffer | None) -> str:
    match refused:
        case None:
            return ""
        case Omission.BELOW_MINIMUM if offer is not None:
            return f"The least is {decimal_text(offer.minimum)} {offer.currency} ({offer.reason})."
        case Omission.ABOVE_MAXIMUM if offer is not None and offer.maximum is not None:
            return f"The most is {decimal_text(offer.maximum)} {offer.currency} ({offer.reason})."
        case Omission.NO_ROUTE:
            return "No gateway can take this payment at the moment."
    return offer.why_not_text if offer is not None and offer.why_not_text else f"{refused.label}."
