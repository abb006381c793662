"""A deposit begins: let in, sent to a gateway, cascaded on decline. The gateway is called outside any transaction."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from django.conf import settings
from django.db import transaction

from casino.cashier.conversion import minor
from casino.cashier.enums import DepositState
from casino.cashier.errors import (
    AmountRefused,
    ClientKeyTaken,
    FiguresChanged,
    InstrumentBlocked,
    InstrumentNotFound,
    MethodNotOpen,
)
from casino.cashier.locks import deposit_lock
from casino.cashier.models import Deposit, DepositStep, Instrument
from casino.cashier.services.conversion import figures_in
from casino.cashier.services.endings import deposit_end
from casino.cashier.services.sending import deposit_send
from casino.cashier.services.steps import Told
from casino.cashier.types import Figures
from casino.entrance.services.protection import register_pass
from casino.gateways.enums import Purpose
from casino.routing.enums import FeePayer, Omission
from casino.routing.selectors.plans import route_plan
from casino.routing.types import RoutePlan
from common.currencies import CURRENCIES
from common.errors import Refusal
from common.ids import public_id
from common.money import ZERO, decimal_text
from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.gate.ask import gate_pass
from compliance.gate.enums import Touchpoint
from compliance.limits.locks import limits_lock
from compliance.limits.services.deposits import deposit_reserve
from compliance.register.enums import Occasion
from players.models import Player
from wallet.locks import busy_when_locked

# What a plan may be refused for and still be let in: no gateway at the moment is the deposit's own end, kept with why.
LET_IN: Final = frozenset({None, Omission.NO_ROUTE})


def deposit_begin(
    *, player_id: int, method: str, amount: Decimal, client_key: str, actor: str, now: datetime, currency: str = "",
    instrument_id: int | None = None, return_url: str = "", ip: str = "", expected: Decimal | None = None,
) -> Deposit:  # fmt: skip
    """Let a deposit in and ask the gateways of its route for it; pressed twice with one `client_key` it is one.

    `amount` is what the player pays, in `currency`, their own where it is empty; `expected` what they were shown as
    credited. Outside of transactions. Raises AmountRefused, MethodNotOpen, InstrumentNotFound, InstrumentBlocked,
    ConversionNotOffered, FiguresChanged, ClientKeyTaken, the gate's first reason, and what deposit_reserve raises.
    """
    player = Player.objects.select_related("brand").get(pk=player_id)
    currency = currency or player.currency
    known = _known(player, client_key, method, amount, currency)
    if known is not None:
        return known
    register_pass(player_id=player_id, occasion=Occasion.DEPOSIT, actor=actor, now=now)
    reference = public_id("D").replace("_", "-")
    instrument = _instrument(player_id, instrument_id)
    plan, figures = deposit_quote(
        player=player, method=method, amount=amount, currency=currency, now=now, reference=reference,
        instrument_gateway=instrument.gateway if instrument else "",
    )  # fmt: skip
    if expected is not None and expected != figures.wallet:
        raise FiguresChanged(credit=decimal_text(figures.wallet), currency=figures.wallet_currency)
    deposit, is_new = _let_in(player, reference, client_key, method, figures, plan, instrument, actor, now)
    if is_new:
        _reserved(deposit, actor, now)
        deposit_send(deposit_id=deposit.pk, steps=plan.steps, return_url=return_url, ip=ip, actor=actor, now=now)
    return Deposit.objects.select_related("player__brand", "instrument").get(pk=deposit.pk)


def deposit_quote(
    *, player: Player, method: str, amount: Decimal, currency: str, now: datetime, reference: str = "",
    instrument_gateway: str = "",
) -> tuple[RoutePlan, Figures]:  # fmt: skip
    """The route and the exact figures of a deposit, before anything is done: what the player confirms.

    Raises AmountRefused, MethodNotOpen, ConversionNotOffered, TemporarilyUnavailable.
    """
    if currency not in CURRENCIES or not amount.is_finite() or amount <= ZERO or amount != minor(amount, currency):
        raise AmountRefused(problem=f"is not a sum above zero that can be paid in {currency}")
    plan = route_plan(
        player_id=player.pk, purpose=Purpose.DEPOSIT, method=method, amount=amount, currency=currency, now=now,
        reference=reference, instrument_gateway=instrument_gateway,
    )  # fmt: skip
    if plan.refused not in LET_IN:
        raise MethodNotOpen(why=str(plan.refused), text=plan.refused_text)
    paid_by_player = plan.offer is not None and plan.offer.fee.payer == FeePayer.PLAYER
    figures = figures_in(
        brand_id=player.brand_id, amount=amount, currency=currency, wallet_currency=player.currency, now=now,
        fee=plan.fee_amount if paid_by_player else ZERO,
    )  # fmt: skip
    return plan, figures


def _known(player: Player, client_key: str, method: str, amount: Decimal, currency: str) -> Deposit | None:
    """The deposit that this key stands for already. Raises ClientKeyTaken where it is another."""
    rows = Deposit.objects.select_related("player__brand", "instrument")
    known = rows.filter(player=player, client_key=client_key).first()
    if known is not None and (known.method, known.amount, known.currency) != (method, amount, currency):
        raise ClientKeyTaken
    return known


def _instrument(player_id: int, instrument_id: int | None) -> Instrument | None:
    if instrument_id is None:
        return None
    row = Instrument.objects.filter(pk=instrument_id, player_id=player_id, removed_at=None).first()
    if row is None:
        raise InstrumentNotFound
    if row.blocked_at is not None:
        raise InstrumentBlocked
    return row


@busy_when_locked()
@transaction.atomic
def _let_in(
    player: Player, reference: str, client_key: str, method: str, figures: Figures, plan: RoutePlan,
    instrument: Instrument | None, actor: str, now: datetime,
) -> tuple[Deposit, bool]:  # fmt: skip
    limits_lock(player)
    known = _known(player, client_key, method, figures.amount, figures.currency)
    if known is not None:
        return known, False
    gate_pass(player_id=player.pk, touchpoint=Touchpoint.DEPOSIT, now=now)
    rate = figures.rate
    deposit = Deposit.objects.create(
        reference=reference, player=player, client_key=client_key, method=method, instrument=instrument,
        amount=figures.amount, currency=figures.currency, fee=figures.fee, credit=figures.wallet,
        credit_currency=figures.wallet_currency, margin=figures.margin, rate_id=rate.source_id if rate else None,
        credit_rate_id=rate.target_id if rate else None, margin_row_id=rate.margin_id if rate else None,
        created_at=now, changed_at=now, expires_at=now + timedelta(minutes=settings.DEPOSIT_EXPIRES_MINUTES),
        route=_route(plan),
    )  # fmt: skip
    DepositStep.objects.create(deposit=deposit, after=DepositState.CREATED, at=now, actor=actor, note="Let in")
    audit_record(
        name=EventName.DEPOSIT_BEGUN, actor=actor, now=now, subject=f"cashier.deposit:{deposit.pk}",
        brand_id=player.brand_id, player_id=player.pk,
        after={"amount": deposit.amount, "currency": deposit.currency, "method": method, "state": deposit.state},
    )  # fmt: skip
    return deposit, True


def _route(plan: RoutePlan) -> list[dict[str, str]]:
    """The plan as it is kept: who would be asked in turn and why, and who not."""
    kept = [{"gateway": step.gateway, "why": step.reason, "turn": str(n)} for n, step in enumerate(plan.steps, start=1)]
    return kept + [{"gateway": left.gateway, "why": left.text, "turn": ""} for left in plan.left_out]


def _reserved(deposit: Deposit, actor: str, now: datetime) -> None:
    """Count it under the limits; who may not is told why, and the deposit ends. Outside of transactions."""
    try:
        deposit_reserve(
            player_id=deposit.player_id, amount=deposit.credit, currency=deposit.credit_currency,
            reference=deposit.reference, actor=actor, now=now,
        )  # fmt: skip
    except Refusal as refusal:
        with transaction.atomic():
            locked = deposit_lock(deposit.pk)
            if locked.state == DepositState.CREATED:
                told = Told(actor=actor, now=now)
                deposit_end(locked, DepositState.FAILED, refusal.code, f"Refused: {refusal.message}", told)
        raise
