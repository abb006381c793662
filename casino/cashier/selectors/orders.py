"""Deposits and refunds as the orders that gateways are given."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from casino.cashier.enums import RefundState
from casino.cashier.models import Deposit, DepositTry, Instrument, Refund
from casino.cashier.states import OPEN
from casino.gateways.enums import InstrumentKind, Purpose, Standing
from casino.gateways.types import Instrument as ToldInstrument
from casino.gateways.types import OpenPayment, Order, Payer
from players.models import Player
from players.personal.errors import PersonalDataErased, PersonalDataUnknown
from players.personal.selectors.details import details_open
from players.personal.types import PersonalDetails

# Answers after which the gateway may still have the money, or get it.
MAY_PAY = ("", Standing.REDIRECT, Standing.PENDING, Standing.AUTHORISED, Standing.DONE, Standing.UNKNOWN)


def payer_of(player: Player, ip: str = "") -> Payer:
    """The player as a gateway must know them; the last word of the name is the last name."""
    try:
        known = details_open(player_id=player.pk)
    except (PersonalDataErased, PersonalDataUnknown):
        known = PersonalDetails()
    first, _, last = known.full_name.strip().rpartition(" ")
    return Payer(
        reference=player.public_id, first_name=first, last_name=last, email=known.email, country=player.country,
        locale=player.language, address=ip, birth_date=known.birth_date,
    )  # fmt: skip


def told_instrument(row: Instrument | None) -> ToldInstrument | None:
    """A kept instrument as the gateway told it."""
    if row is None:
        return None
    return ToldInstrument(
        kind=InstrumentKind(row.kind), token=row.token, fingerprint=row.fingerprint, scheme=row.scheme,
        last_four=row.last_four, expires=row.expires, country=row.country,
    )  # fmt: skip


def notify_url(gateway: str) -> str:
    """Where the gateway sends its messages; empty where it is set up over there."""
    base = settings.PAYMENTS_PUBLIC_URL.rstrip("/")
    return f"{base}/api/pay/{gateway}/v1/notify" if base else ""


def deposit_order(deposit: Deposit, tried: DepositTry, *, return_url: str = "", ip: str = "") -> Order:
    """The order of a deposit at one gateway of its route."""
    stored = deposit.instrument if deposit.instrument and deposit.instrument.gateway == tried.gateway else None
    return Order(
        reference=deposit.reference, purpose=Purpose.DEPOSIT, amount=deposit.amount, currency=deposit.currency,
        method=tried.gateway_method, payer=payer_of(deposit.player, ip), instrument=told_instrument(stored),
        return_url=return_url, notify_url=notify_url(tried.gateway), statement=deposit.player.brand.name,
    )  # fmt: skip


def refund_order(refund: Refund) -> Order:
    """The order of a refund; `original` names the payment over there."""
    deposit = refund.deposit
    tried = deposit.tries.filter(gateway=deposit.gateway).first()
    return Order(
        reference=refund.reference, purpose=Purpose.DEPOSIT, amount=refund.amount, currency=refund.currency,
        method=tried.gateway_method if tried else "", payer=payer_of(deposit.player),
        instrument=told_instrument(deposit.instrument), original=deposit.gateway_reference,
        notify_url=notify_url(deposit.gateway), statement=deposit.player.brand.name,
    )  # fmt: skip


def open_deposits(_now: datetime) -> list[OpenPayment]:
    """What the janitor asks about: deposits under way at each gateway that may have taken them, and refunds sent."""
    tries = DepositTry.objects.filter(deposit__state__in=OPEN, standing__in=MAY_PAY)
    rows = tries.select_related("deposit__player__brand", "deposit__instrument").order_by("started_at")
    refunds = Refund.objects.filter(state=RefundState.SENT).select_related(
        "deposit__player__brand", "deposit__instrument"
    )
    return [*(_open_try(row) for row in rows), *(_open_refund(row) for row in refunds)]


def _open_try(row: DepositTry) -> OpenPayment:
    return OpenPayment(
        gateway=row.gateway, reference=row.deposit.reference, gateway_reference=row.gateway_reference,
        since=row.started_at, order=lambda: deposit_order(row.deposit, row),
    )  # fmt: skip


def _open_refund(row: Refund) -> OpenPayment:
    return OpenPayment(
        gateway=row.deposit.gateway, reference=row.reference, gateway_reference=row.gateway_reference,
        since=row.sent_at or row.created_at, order=lambda: refund_order(row),
    )  # fmt: skip
