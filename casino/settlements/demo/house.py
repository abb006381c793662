"""Methods, terms, routes, numbers of withdrawals and payers for the demonstration. Real services; safe to run again."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet

from casino.cashier.approval_kinds import MARGIN, margin_payload
from casino.cashier.models import ConversionMargin
from casino.gateways.enums import InstrumentKind, Purpose
from casino.routing.approval_kinds import KIND, terms_payload
from casino.routing.models import MethodTerms, PaymentMethod, Route
from casino.routing.services.methods import method_define
from casino.routing.services.routes import RouteWish, route_set
from casino.routing.services.terms import Terms
from casino.withdrawals.models import Rule
from casino.withdrawals.services.rules import rule_write
from common.ids import public_id
from compliance.approvals.services.decisions import approval_approve
from compliance.approvals.services.proposals import approval_propose
from compliance.approvals.types import Payload
from compliance.kyc.enums import Level, Status
from compliance.kyc.locks import state_lock
from compliance.kyc.services.verification import verification_move
from compliance.kyc.types import Verdict
from compliance.staff.models import StaffUser
from players.models import Brand, Player
from players.personal.services.personal_data import personal_data_set
from players.personal.types import PersonalDetails
from wallet.enums import AccountKind
from wallet.services.accounts import player_account_open

ACTOR: Final = "system:demo"
WHY: Final = "The demonstration's cashier"
METHODS: Final = (
    ("card", "Card", InstrumentKind.CARD, "10", "1000"),
    ("bank", "Bank transfer", InstrumentKind.BANK_ACCOUNT, "20", "5000"),
)
PRESETS: Final = (Decimal(20), Decimal(50), Decimal(100))
STOPS: Final = ("do_not_honour",)
PAYERS: Final = ("Paula Payne", "Pedro Penna", "Petra Pohl", "Pim de Pauw", "Polly Price", "Pavel Pokorny")
# Money goes out at once here: nobody waits a day in a demonstration for a card to rest.
NUMBERS: Final[dict[str, Any]] = {
    "auto_amount": "60", "auto_risk": 60, "four_eyes_from": "400", "turnover_times": "0", "game_weights": {},
    "kyc_level": 0, "kyc_level_high": 2, "kyc_high_from": "5000", "cool_down_hours": 0, "day_count": 500,
    "day_sum": "50000", "week_count": 2000, "week_sum": "200000", "kyc_wait_days": 30, "sla_hours": 24, "weights": {},
}  # fmt: skip


def demo_cashier(*, now: datetime) -> int:
    """Everything that is missing; returns how many payers there are."""
    for code, name, kind, least, most in METHODS:
        _method(code, name, kind, now)
        for purpose in Purpose:
            _terms(code, purpose, Decimal(least), Decimal(most), now)
            _routes(code, purpose, now)
    if not Rule.objects.filter(jurisdiction="MT").exists():
        rule_write(
            jurisdiction="MT", effective_from=now, numbers=NUMBERS, source=WHY, approval_id=None, reason=WHY,
            actor=ACTOR, now=now,
        )  # fmt: skip
    brand = Brand.objects.get(code="aurora")
    for purpose in Purpose:
        _terms("card", purpose, Decimal(10), Decimal(1000), now, currency="USD")
    for source, target in (("USD", "EUR"), ("EUR", "USD")):
        _margin(brand, source, target, now)
    for name in PAYERS:
        if not Player.objects.filter(nickname=name).exists():
            _payer(brand, name, now)
    return payers().count()


def payers() -> QuerySet[Player]:
    """The people who pay, in order."""
    return Player.objects.filter(nickname__in=PAYERS, brand__code="aurora").order_by("pk")


def _method(code: str, name: str, kind: InstrumentKind, now: datetime) -> None:
    if not PaymentMethod.objects.filter(code=code).exists():
        method_define(
            code=code, names={"en": name}, kind=kind, for_deposit=True, for_payout=True, reason=WHY, actor=ACTOR,
            now=now,
        )  # fmt: skip


def _terms(code: str, purpose: Purpose, least: Decimal, most: Decimal, now: datetime, *, currency: str = "EUR") -> None:
    """Agreed by two people, as in production."""
    if MethodTerms.objects.filter(method__code=code, purpose=purpose, currency=currency).exists():
        return
    presets = PRESETS if purpose == Purpose.DEPOSIT else ()
    wish = Terms(
        method=code, purpose=purpose, currency=currency, minimum=least, maximum=most, first_presets=presets,
        presets=presets,
    )  # fmt: skip
    _agree(KIND, terms_payload(wish), now)


def _margin(brand: Brand, source: str, target: str, now: datetime) -> None:
    """What the house keeps of a conversion; a player in EUR may pay in dollars."""
    if not ConversionMargin.objects.filter(brand=brand, source=source, target=target).exists():
        payload = margin_payload(brand=brand, source=source, target=target, percent=Decimal("1.5"), valid_from=now)
        _agree(MARGIN, payload, now)


def _agree(kind: str, payload: Payload, now: datetime) -> None:
    """Two people, as in production."""
    maker, checker = (StaffUser.objects.get(username=name) for name in ("payments", "finance"))
    proposal = approval_propose(kind=kind, payload=payload, reason=WHY, actor=f"staff:{maker.pk}", now=now)
    approval_approve(approval_id=proposal.pk, actor=f"staff:{checker.pk}", reason=WHY, now=now)


def _routes(code: str, purpose: Purpose, now: datetime) -> None:
    if Route.objects.filter(method__code=code, purpose=purpose).exists():
        return
    for place, gateway in enumerate(("sandbox", "sandbox2"), start=1):
        wish = RouteWish(
            method=code, purpose=purpose, gateway=gateway, gateway_method=code, place=place, stop_codes=STOPS
        )
        route_set(wish=wish, reason=WHY, actor=ACTOR, now=now)


def _payer(brand: Brand, name: str, now: datetime) -> None:
    player = Player.objects.create(
        public_id=public_id("pl"), brand=brand, nickname=name, currency="EUR", country="MT", jurisdiction="MT",
        language="en", created_at=now,
    )  # fmt: skip
    player_account_open(kind=AccountKind.PLAYER_REAL, player_id=player.pk, currency="EUR")
    mail = name.lower().replace(" ", ".")
    details = PersonalDetails(
        full_name=name, email=f"{mail}@mail.example", phone="+356 2099 0190", birth_date=date(1985, 5, 5),
        address_lines="3 Triq il-Merkanti", city="Valletta", postcode="VLT 1171",
    )  # fmt: skip
    personal_data_set(player_id=player.pk, details=details, actor=ACTOR, reason=WHY, now=now)
    with transaction.atomic():
        verification_move(
            state=state_lock(player_id=player.pk, now=now),
            verdict=Verdict(status=Status.VERIFIED, level=Level.FUNDS, reason=WHY), actor=ACTOR, now=now,
        )  # fmt: skip
