"""The entrance for tests: a brand with its terms, applications, and a client that speaks the player API."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Final

from django.core import mail
from django.test import Client

from casino.entrance.services.registration import Registered, player_register
from casino.entrance.types import Application, Arrival
from players.accounts.enums import TermsKind
from players.accounts.models import TermsVersion
from players.accounts.services.letters import letters_send
from players.models import Brand, BrandGroup
from players.personal.types import PersonalDetails

NOON: Final = datetime(2026, 11, 20, 12, tzinfo=UTC)
PASSWORD: Final = "tungsten-otter-9141"
DEVICE: Final = "alices-own-laptop-0001"
ROOT: Final = "/api/player/v1"
ALICE: Final = PersonalDetails(
    full_name="Alice Borg", email="alice@mail.example", phone="+356 2123 4567", birth_date=date(1990, 2, 3),
    address_lines="12 Republic Street", city="Valletta", postcode="VLT 1110",
)  # fmt: skip


def brand_with_terms(code: str = "aurora", *, jurisdiction: str = "MT", group: str = "") -> Brand:
    """A brand that takes players."""
    together = BrandGroup.objects.get_or_create(code=group, defaults={"name": group.title()})[0] if group else None
    brand, made = Brand.objects.get_or_create(
        code=code, defaults={"name": code.title(), "jurisdiction": jurisdiction, "group": together}
    )
    if made:
        for kind in TermsKind:
            TermsVersion.objects.create(
                brand=brand, kind=kind, version="2026-01", title=kind.label, text="Be kind.",
                effective_at=datetime(2026, 1, 1, tzinfo=UTC), created_at=datetime(2026, 1, 1, tzinfo=UTC),
            )  # fmt: skip
    return brand


def application(details: PersonalDetails = ALICE, *, brand: str = "aurora", **changed: Any) -> Application:
    """An application that everything is right about."""
    whole: dict[str, Any] = {
        "brand": brand, "details": details, "password": PASSWORD, "country": "MT", "currency": "EUR",
        "accepted": {"terms": "2026-01", "privacy": "2026-01"},
    }  # fmt: skip
    return Application(**{**whole, **changed})


def register(
    details: PersonalDetails = ALICE, *, now: datetime = NOON, device: str = DEVICE, **changed: Any
) -> Registered:
    """Open an account by the service."""
    return player_register(
        application=application(details, **changed), arrival=Arrival(ip="203.0.113.7", device_id=device), now=now
    )


def body(**changed: Any) -> dict[str, Any]:
    """The same as a body of the API."""
    return {
        "brand": "aurora", "full_name": "Alice Borg", "email": "alice@mail.example", "birth_date": "1990-02-03",
        "phone": "+356 2123 4567", "address_lines": "12 Republic Street", "city": "Valletta", "postcode": "VLT 1110",
        "password": PASSWORD, "country": "MT", "currency": "EUR",
        "accepted": {"terms": "2026-01", "privacy": "2026-01"}, **changed,
    }  # fmt: skip


@dataclass
class Caller:
    """A device that calls the player API."""

    token: str = ""
    device: str = DEVICE
    client: Client = field(default_factory=Client)

    def call(self, method: str, path: str, given: Any = None, **headers: str) -> Any:
        """One call; returns Django's response."""
        sent = {"X-Device-Id": self.device, "User-Agent": "Mozilla/5.0 (X11; Linux) Firefox/140", **headers}
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        return self.client.generic(
            method, f"{ROOT}/{path}", data=b"" if given is None else _json(given), content_type="application/json",
            headers=sent,
        )  # fmt: skip

    def get(self, path: str, **headers: str) -> Any:
        return self.call("GET", path, **headers)

    def post(self, path: str, given: Any = None, **headers: str) -> Any:
        return self.call("POST", path, given, **headers)

    def sign_in(self, *, email: str = "alice@mail.example", password: str = PASSWORD, **more: Any) -> Any:
        """Sign in and keep the token."""
        answer = self.post("sign-in", {"brand": "aurora", "email": email, "password": password, **more})
        if answer.status_code == 201:
            self.token = answer.json()["token"]
        return answer


def _json(given: Any) -> bytes:
    return given if isinstance(given, bytes) else json.dumps(given).encode()


def letters(now: datetime = NOON) -> Iterator[Any]:
    """Send what is owed, and return the new messages."""
    mail.outbox.clear()
    letters_send(now=now)
    return iter(list(mail.outbox))


def link_token(message: Any) -> str:
    """The token of a link in a message."""
    return str(message.body).partition("#token=")[2].split()[0]
