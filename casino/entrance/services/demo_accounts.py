"""The demonstration's player accounts: terms, sign-ins with a published password, and attempts that were refused.

Nobody's own data. Real services make every state. Safe to run again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction

from casino.entrance.services.registration import player_register
from casino.entrance.types import Application, Arrival
from players.accounts.enums import Channel, Product, TermsKind
from players.accounts.errors import RegistrationRefused
from players.accounts.models import Credential, Registration, TermsVersion
from players.accounts.services.closing import account_close
from players.accounts.services.consents import Answer, consents_set
from players.accounts.services.credentials import credential_open, password_hash
from players.accounts.services.devices import device_seen
from players.accounts.services.sessions import session_start
from players.accounts.services.terms import terms_accept
from players.models import Brand, Player
from players.personal.errors import PersonalDataErased, PersonalDataUnknown
from players.personal.selectors.details import details_open
from players.personal.types import PersonalDetails

ACTOR: Final = "system:demo"
PASSWORD: Final = "demo-otter-9141"  # noqa: S105 - published; SANDBOX=1 alone runs this
VERSION: Final = "2026-01"
BROWSER: Final = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140"
MOST: Final = 50
WILLING: Final = (Answer(Product.CASINO, Channel.EMAIL, True),)
PHIL: Final = PersonalDetails(
    full_name="Phil Sant", email="phil.sant@mail.example", phone="+356 2099 0177", birth_date=date(1983, 4, 9),
    address_lines="5 Triq San Pawl", city="Mosta", postcode="MST 2040",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DemoAccounts:
    """How many players can sign in, and how many attempts to register there are."""

    players: int
    attempts: int


def demo_accounts(*, now: datetime) -> DemoAccounts:
    """Make what is missing; everybody's password is the published one."""
    hashed = password_hash(PASSWORD)
    for brand in Brand.objects.order_by("pk")[:MOST]:
        _terms(brand, now)
    known = Credential.objects.values("player_id")
    for player in (
        Player.objects.filter(is_test=False).exclude(pk__in=known).select_related("brand").order_by("pk")[:MOST]
    ):
        _account(player, hashed, now)
    if not Registration.objects.exists():
        _attempts(now)
    return DemoAccounts(Credential.objects.count(), Registration.objects.count())


def _terms(brand: Brand, now: datetime) -> None:
    for kind in TermsKind:
        TermsVersion.objects.get_or_create(
            brand=brand, kind=kind, version=VERSION,
            defaults={
                "title": f"{kind.label} of {brand.name}", "effective_at": now - timedelta(days=30), "created_at": now,
                "text": "This is a demonstration: no real money, no real people.",
            },
        )  # fmt: skip


@transaction.atomic
def _account(player: Player, hashed: str, now: datetime) -> None:
    """A sign-in for somebody whom the demo opened without registration."""
    try:
        email = details_open(player_id=player.pk).email
    except (PersonalDataUnknown, PersonalDataErased):
        return
    if not email or not player.brand.enabled:
        return
    credential_open(player=player, email=email, hashed=hashed, now=now)
    actor = f"player:{player.pk}"
    device, _ = device_seen(
        player=player, device_id=f"demo-device-{player.public_id}", user_agent=BROWSER, ip="192.0.2.10", now=now
    )
    session_start(player=player, device=device, ip="192.0.2.10", user_agent=BROWSER, actor=actor, now=now)
    versions = TermsVersion.objects.filter(brand=player.brand, version=VERSION)
    terms_accept(player=player, versions=versions, ip="192.0.2.10", actor=actor, now=now)
    consents_set(
        player=player, answers=WILLING, text_version=VERSION, source="registration", ip="192.0.2.10", actor=actor,
        now=now,
    )  # fmt: skip


def _attempts(now: datetime) -> None:
    """Somebody who registers and closes again; the same person under look-alike letters; somebody too young."""
    brand = Brand.objects.filter(code="aurora", enabled=True).first()
    if brand is None:
        return
    whole = Application(
        brand=brand.code, details=PHIL, password=PASSWORD, country="MT", currency="EUR",
        accepted={kind.value: VERSION for kind in TermsKind}, consents=WILLING,
    )  # fmt: skip
    arrival = Arrival(ip="192.0.2.20", user_agent=BROWSER, device_id="demo-device-of-phil-sant")
    made = player_register(application=whole, arrival=arrival, now=now)
    refused = (
        replace(PHIL, full_name="Рhil Sаnt", email="other@mail.example"),  # Cyrillic Р and а
        replace(PHIL, full_name="Young Sant", email="young@mail.example", birth_date=date(now.year - 16, 1, 1)),
    )
    for details in refused:
        try:
            player_register(application=replace(whole, details=details), arrival=arrival, now=now)
        except RegistrationRefused:
            continue
    account_close(session=made.started.session, reason="had enough", ip="192.0.2.20", now=now)
