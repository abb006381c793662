# ruff: noqa: S310 - the vendors of the tests answer on this machine
"""The vendors' process for a test, and the cast that the three vendors' tests share."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from casino.gateways.enums import InstrumentKind, Purpose
from casino.gateways.types import Credentials, Instrument, Order, Payer, RawMessage
from common.services.processes import start_child, stop_child, wait_until
from common.services.valkey import free_port

HERE = Path(__file__).resolve().parent
# A number that schemes publish for tests: what must never pass.
CARD_NUMBER = "4111111111111111"

ALICE = Payer(
    reference="pl_alice", first_name="Alice", last_name="Löf", email="alice@example.com", country="SE",
    locale="sv", address="192.0.2.7", birth_date=date(1990, 5, 17),
)  # fmt: skip
CARD = Instrument(kind=InstrumentKind.CARD, token="M5N7TQ4TG5PFWR50")
ACCOUNT = Instrument(kind=InstrumentKind.BANK_ACCOUNT, token="7653385737")


def order(reference: str = "D-1", amount: str = "25.00", currency: str = "EUR", **more: Any) -> Order:
    """A deposit of Alice's, or what `more` makes of it."""
    made = Order(
        reference=reference, purpose=Purpose.DEPOSIT, amount=Decimal(amount), currency=currency, method="", payer=ALICE,
        return_url="https://casino.example/back", notify_url="https://casino.example/api/pay/x/v1/notify",
    )  # fmt: skip
    return replace(made, **more)


def payout(reference: str = "W-1", instrument: Instrument | None = CARD, **more: Any) -> Order:
    """A payout to what Alice has stored."""
    return order(reference, purpose=Purpose.PAYOUT, instrument=instrument, **more)


def hurried(credentials: Credentials) -> Credentials:
    """The same for somebody who does not wait long."""
    return replace(credentials, timeout_ms=700)


def message(body: bytes = b"", query: str = "", **headers: str) -> RawMessage:
    """A call to our webhook."""
    return RawMessage(gateway="x", method="POST", headers=headers, query=query, body=body)


def wire(vendor: str, name: str) -> bytes:
    """A recorded example, built from the vendor's documented format."""
    return (HERE / vendor / "wire" / name).read_bytes()


@dataclass(frozen=True)
class Keys:
    """Fresh RSA keys of both sides as PEM."""

    folder: Path
    texts: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.texts[name]


def keys_make(folder: Path) -> Keys:
    """merchant and trustly, private and public."""
    made = Keys(folder)
    for owner in ("merchant", "trustly"):
        private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        pem = private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        public = private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        for kind, text in (("private", pem), ("public", public)):
            (folder / f"{owner}_{kind}.pem").write_bytes(text)
            made.texts[f"{owner}_{kind}"] = text.decode()
    return made


@dataclass(frozen=True)
class Vendors:
    """Where the vendors answer."""

    port: int
    keys: Keys

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def log(self) -> list[dict[str, Any]]:
        """The calls that it had, in order."""
        with urlopen(f"{self.url}/control/log", timeout=5) as answer:
            calls: list[dict[str, Any]] = json.load(answer)
        return calls

    def credentials(self, gateway: str, path: str, secrets: dict[str, str]) -> Credentials:
        return Credentials(gateway=gateway, url=self.url + path, secrets=secrets, timeout_ms=20_000)

    def ready(self) -> bool:
        try:
            urlopen(f"{self.url}/control/ready", timeout=2).close()
        except URLError:
            return False
        return True


@pytest.fixture(scope="module")
def vendors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vendors]:
    """The vendors' own process."""
    folder = tmp_path_factory.mktemp("vendors")
    made = Vendors(free_port(), keys_make(folder))
    command: list[str | Path] = [sys.executable, "-m", "tests.gateways.wire_server", str(made.port), folder]
    process = start_child(command, log=folder / "server.log", env={"PATH": ""}, cwd=HERE.parents[1])
    assert wait_until(made.ready, seconds=15)
    yield made
    stop_child(process)
