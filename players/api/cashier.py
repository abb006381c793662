"""Deposits and means of payment: what is offered, what it would come to, paying, and what became of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from django.urls import path
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from casino.cashier.errors import AmountRefused, DepositNotFound, InstrumentNotFound
from casino.cashier.models import Deposit, Instrument
from casino.cashier.services.deposit_begin import deposit_begin, deposit_quote
from casino.cashier.services.endings import CANCELLABLE, deposit_cancel
from casino.cashier.services.instruments import instrument_remove
from casino.cashier.states import OPEN
from casino.cashier.types import Figures
from casino.gateways.enums import Purpose
from casino.routing.enums import FeePayer
from casino.routing.selectors.offers import methods_for
from casino.routing.types import MethodOffer
from common.clock import instant_text
from common.currencies import CURRENCIES
from common.money import AmountError, amount_parse, amount_text, converted
from players.api import cashier_shapes as shapes
from players.api.kit.describe import PAGED, call
from players.api.kit.errors import InvalidRequest
from players.api.kit.paging import page_of
from players.api.kit.view import PlayerView

TAG: Final = "Cashier"
KEY_HEADER: Final = "Idempotency-Key"
KEY_MOST: Final = 100


class Methods(PlayerView):
    """Ways to pay."""

    @call(
        tag=TAG, summary="Ways to deposit", gives=shapes.MethodsSeen,
        parameters=(OpenApiParameter("currency", str, description="That is paid in; empty: the account's own."),),
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Each with its limits, fee and suggested amounts; closed ones say why."""
        currency = request.query_params.get("currency", "") or self.player.currency
        if currency not in CURRENCIES:
            raise InvalidRequest(currency="is no currency")
        offers = methods_for(self.player.pk, Purpose.DEPOSIT, self.now, currency=currency)
        return Response({"currency": currency, "methods": [_method(offer) for offer in offers]})


class Quote(PlayerView):
    """The step before paying."""

    http_method_names = ["post"]

    @call(tag=TAG, summary="What a deposit comes to", takes=shapes.DepositWishBody, gives=shapes.FiguresSeen)
    def post(self, request: Request) -> Response:
        """Exact figures: fee, rate, margin, and what the account gets. Nothing is begun."""
        asked = self.asked(request, shapes.DepositWishBody)
        currency = asked["currency"] or self.player.currency
        _plan, figures = deposit_quote(
            player=self.player, method=asked["method"], amount=_amount(asked["amount"], currency), currency=currency,
            now=self.now,
        )  # fmt: skip
        return Response(_figures(figures))


class Deposits(PlayerView):
    """Deposits, old and new."""

    @call(tag=TAG, summary="Deposits", name="deposits_list", gives=shapes.DepositsPage, parameters=PAGED)
    def get(self, request: Request) -> Response:
        """All of them with what became of each, newest first."""
        rows = Deposit.objects.filter(player=self.player).select_related("instrument")
        return Response(page_of(request, rows, _deposit))

    @call(
        tag=TAG, summary="Begin a deposit", takes=shapes.DepositBeginBody, gives=shapes.DepositSeen, status=201,
        parameters=(OpenApiParameter(KEY_HEADER, str, OpenApiParameter.HEADER, description="The wish's own name."),),
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """Under one key it is one deposit, however often it is sent; `go_on` tells the browser how to pay."""
        asked = self.asked(request, shapes.DepositBeginBody)
        currency = asked["currency"] or self.player.currency
        deposit = deposit_begin(
            player_id=self.player.pk, method=asked["method"], amount=_amount(asked["amount"], currency),
            currency=currency, client_key=_key(request, asked["key"]), instrument_id=asked["instrument"],
            return_url=asked["return_url"], ip=self.address_of(request) or "", expected=self.expected(asked),
            actor=f"player:{self.player.pk}", now=self.now,
        )  # fmt: skip
        return Response(_deposit(deposit), status=201)

    def expected(self, asked: dict[str, Any]) -> Decimal | None:
        """The credit that the player was shown, if it is told."""
        return _amount(asked["expected_credit"], self.player.currency) if asked["expected_credit"] else None


class OneDeposit(PlayerView):
    """One deposit."""

    http_method_names = ["get", "delete"]

    @call(tag=TAG, summary="A deposit", gives=shapes.DepositSeen)
    def get(self, _request: Request, reference: str) -> Response:
        """How it stands now."""
        rows = Deposit.objects.select_related("instrument")
        found = rows.filter(player=self.player, reference=reference).first()
        if found is None:
            raise DepositNotFound
        return Response(_deposit(found))

    @call(tag=TAG, summary="Cancel a deposit", gives=shapes.DepositSeen)
    def delete(self, _request: Request, reference: str) -> Response:
        """While it is let in or under way; money that comes nevertheless is credited."""
        cancelled = deposit_cancel(
            player_id=self.player.pk, reference=reference, actor=f"player:{self.player.pk}", now=self.now
        )
        return Response(_deposit(cancelled))


class Instruments(PlayerView):
    """Means of payment."""

    @call(tag=TAG, summary="Means of payment", gives=shapes.InstrumentsSeen)
    def get(self, _request: Request) -> Response:
        """Those that were used, masked, without what was removed."""
        rows = Instrument.objects.filter(player=self.player, removed_at=None).order_by("-pk")[:200]
        return Response({"instruments": [self.instrument(row) for row in rows]})

    def instrument(self, row: Instrument) -> dict[str, Any]:
        """One of them."""
        usable = row.blocked_at is None and (row.expires is None or row.expires >= self.now.date())
        return {
            "id": row.pk, "kind": row.kind, "name": str(row), "last_four": row.last_four, "expires": row.expires,
            "ownership": row.ownership, "added_at": instant_text(row.added_at),
            "last_used_at": instant_text(row.last_used_at) if row.last_used_at else None, "usable": usable,
        }  # fmt: skip


class OneInstrument(PlayerView):
    """One means of payment."""

    http_method_names = ["delete"]

    @call(tag=TAG, summary="Remove a means of payment", status=204)
    def delete(self, _request: Request, instrument_id: int) -> Response:
        """It is offered no more; money that came from it may still go back to it."""
        if instrument_id > 2**63 - 1:
            raise InstrumentNotFound
        instrument_remove(
            player_id=self.player.pk, instrument_id=instrument_id, actor=f"player:{self.player.pk}", now=self.now
        )
        return Response(status=204)


def _amount(text: str, currency: str) -> Decimal:
    known = CURRENCIES.get(currency)
    if known is None:
        raise InvalidRequest(currency="is no currency")
    try:
        return amount_parse(text, known)
    except AmountError as problem:
        raise AmountRefused(problem=str(problem)) from problem


def _key(request: Request, given: str) -> str:
    """The wish's own name: the header's, or the body's. Raises InvalidRequest where there is none, or two."""
    header = request.headers.get(KEY_HEADER, "").strip()
    key = header or given
    if not key or len(key) > KEY_MOST or (header and given and header != given) or not key.isprintable():
        raise InvalidRequest(key="is told once, by the header Idempotency-Key or in the body, 1 to 100 characters")
    return key


def _text(amount: Decimal, currency: str) -> str:
    return amount_text(amount, CURRENCIES[currency])


def _method(offer: MethodOffer) -> dict[str, Any]:
    paid = offer.fee.payer == FeePayer.PLAYER
    fixed = offer.fee.fixed if paid else Decimal(0)
    return {
        "method": offer.method, "name": offer.name, "kind": offer.kind, "currency": offer.currency,
        "minimum": _text(offer.minimum, offer.currency),
        "maximum": None if offer.maximum is None else _text(offer.maximum, offer.currency),
        "fee": {"percent": f"{(offer.fee.percent if paid else Decimal(0)).normalize():f}",
                "fixed": _text(fixed, offer.currency)},
        "presets": [_text(amount, offer.currency) for amount in offer.presets], "open": offer.open,
        "why_not": offer.why_not, "why_not_text": offer.why_not_text,
    }  # fmt: skip


def _figures(figures: Figures) -> dict[str, Any]:
    rate, conversion = figures.rate, None
    if rate is not None:
        conversion = {
            "rate": f"{converted(Decimal(1), rate.source_units, rate.target_units, 6):f}", "valid_on": rate.valid_on,
            "margin_percent": f"{rate.percent.normalize():f}",
            "margin": _text(figures.margin, figures.wallet_currency),
        }  # fmt: skip
    return {
        "amount": _text(figures.amount, figures.currency), "currency": figures.currency,
        "fee": _text(figures.fee, figures.currency), "credit": _text(figures.wallet, figures.wallet_currency),
        "credit_currency": figures.wallet_currency, "conversion": conversion,
    }  # fmt: skip


def _deposit(row: Deposit) -> dict[str, Any]:
    is_open = row.state in OPEN
    return {
        "reference": row.reference, "method": row.method, "state": row.state, "state_text": row.get_state_display(),
        "code": row.code, "open": is_open, "can_be_cancelled": row.state in CANCELLABLE,
        "amount": _text(row.amount, row.currency), "currency": row.currency, "fee": _text(row.fee, row.currency),
        "credit": _text(row.credit, row.credit_currency), "credit_currency": row.credit_currency,
        "instrument": str(row.instrument) if row.instrument else "", "created_at": instant_text(row.created_at),
        "credited_at": instant_text(row.credited_at) if row.credited_at else None,
        "expires_at": instant_text(row.expires_at),
        "go_on": {name: str(value) for name, value in row.client.items()} if is_open else {},
    }  # fmt: skip


urlpatterns = [
    path("deposits/methods", Methods.as_view(), name="player-deposit-methods"),
    path("deposits/quote", Quote.as_view(), name="player-deposit-quote"),
    path("deposits", Deposits.as_view(), name="player-deposits"),
    path("deposits/<str:reference>", OneDeposit.as_view(), name="player-deposit"),
    path("instruments", Instruments.as_view(), name="player-instruments"),
    path("instruments/<int:instrument_id>", OneInstrument.as_view(), name="player-instrument"),
]
