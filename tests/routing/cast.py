"""Methods, terms and routes made with the product's own services: terms are agreed by two people, as in production."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from casino.gateways import registry
from casino.gateways.enums import InstrumentKind, Purpose
from casino.routing.approval_kinds import KIND, terms_payload
from casino.routing.enums import SwitchState
from casino.routing.models import MethodTerms, PaymentMethod, Route
from casino.routing.services.methods import method_define
from casino.routing.services.routes import RouteWish, route_set
from casino.routing.services.switches import gateway_switch
from casino.routing.services.terms import Terms
from compliance.approvals.models import Approval
from compliance.approvals.services.decisions import approval_approve
from compliance.approvals.services.proposals import approval_propose
from compliance.staff.models import StaffUser
from compliance.staff.services.role_grants import role_grant
from tests.factories import NOON
from tests.policy.cast import LONG_AGO
from tests.staff import PASSWORD

ACTOR: Final = "system:tests"


def maker_and_checker() -> tuple[StaffUser, StaffUser]:
    """Somebody of payments who proposes terms, and somebody of finance who decides; made once per test."""
    return _in_office("payments"), _in_office("finance")


def _in_office(role: str) -> StaffUser:
    name = f"{role}-of-terms"
    known = StaffUser.objects.filter(username=name).first()
    if known is None:
        known = StaffUser.objects.create_user(
            name, f"{name}@example.org", PASSWORD, is_staff=True, personnel_number=f"TERMS-{role}".upper()
        )
        role_grant(staff_id=known.pk, role_code=role, actor=ACTOR, reason="for a test", now=LONG_AGO)
    return known


def method_make(
    code: str = "card", *, kind: InstrumentKind = InstrumentKind.CARD, for_deposit: bool = True, for_payout: bool = True
) -> PaymentMethod:
    """A method for both ways."""
    known = PaymentMethod.objects.filter(code=code).first()
    return known or method_define(
        code=code, names={"en": code.replace("_", " ").capitalize()}, kind=kind, for_deposit=for_deposit,
        for_payout=for_payout, reason="for a test", actor=ACTOR, now=NOON,
    )  # fmt: skip


def terms_wish(**changes: Any) -> Terms:
    """10 to 1,000 EUR by card without a fee, for everybody, and what is changed of it."""
    wish = {
        "method": "card", "purpose": Purpose.DEPOSIT, "currency": "EUR", "minimum": Decimal(10),
        "maximum": Decimal(1000),
    }  # fmt: skip
    return Terms(**{**wish, **changes})


def terms_proposed(wish: Terms, *, now: datetime = NOON) -> Approval:
    """Put before a second person."""
    maker, _checker = maker_and_checker()
    return approval_propose(
        kind=KIND, payload=terms_payload(wish), reason="for a test", actor=f"staff:{maker.pk}", now=now
    )


def terms_make(*, now: datetime = NOON, **changes: Any) -> MethodTerms:
    """Terms that two people agreed to at `now`, and that hold from then on. For any test: D and W use it too."""
    method_make(changes.get("method", "card"))
    _maker, checker = maker_and_checker()
    proposal = terms_proposed(terms_wish(**changes), now=now)
    done = approval_approve(approval_id=proposal.pk, actor=f"staff:{checker.pk}", reason="read it", now=now)
    return MethodTerms.objects.get(pk=int(done.result.partition(":")[2]))


def route_make(gateway: str = "sandbox", *, now: datetime = NOON, **changes: Any) -> Route:
    """A route of the card by a gateway from `now` on, for everybody, and what is changed of it."""
    wish: dict[str, Any] = {
        "method": "card",
        "purpose": Purpose.DEPOSIT,
        "gateway": gateway,
        "gateway_method": "card",
        **changes,
    }
    method_make(wish["method"])
    return route_set(wish=RouteWish(**wish), reason="for a test", actor=ACTOR, now=now)


def routing_kept(now: datetime) -> None:
    """A row of every kind for the furnished house (tests/roles), by whatever gateway there is."""
    gateway = registry.adapter_codes()[0]
    terms_make(now=now)
    route_make(gateway, now=now)
    gateway_switch(
        gateway=gateway, state=SwitchState.AUTOMATIC, starts_at=None, reason="for a test", actor=ACTOR, now=now
    )


class Shop:
    """A gateway that nobody calls here: planning needs its name alone."""

    def __init__(self, code: str) -> None:
        self.code = code


@contextmanager
def gateways(settings: Any, *codes: str, without_address: tuple[str, ...] = ()) -> Iterator[None]:
    """Have these gateways, configured but for those without an address."""
    before = dict(registry._adapters)
    known = {"url": "http://127.0.0.1:9", "secrets": {}, "timeout_ms": 100}
    without: dict[str, Any] = {**known, "url": ""}
    settings.GATEWAYS = settings.GATEWAYS | dict.fromkeys(codes, known) | dict.fromkeys(without_address, without)
    for code in (*codes, *without_address):
        registry.adapter_register(Shop(code))  # type: ignore[arg-type]  # its name is enough
    try:
        yield
    finally:
        registry._adapters.clear()
        registry._adapters.update(before)
