"""What the cashier and the adapters of payment gateways say to each other. No vendor's word passes this line.

Every amount is a Decimal in the currency beside it; an adapter turns it into the vendor's minor units and back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Protocol

from casino.gateways.enums import InstrumentKind, NewsKind, Purpose, Standing, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """How we sign in to one gateway, from settings (never from the database): its base address and its secrets by name.

    A secret may have two values while it is rotated: `secrets["hmac"]` and `secrets["hmac_next"]`.
    """

    gateway: str
    url: str
    secrets: Mapping[str, str] = field(repr=False)
    timeout_ms: int = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A means of payment as a gateway tells it: a token, never a card number (SEC-01).

    `owner_name` is as the gateway knows it, empty when it does not; `expires` is the last day of a card's month.
    `fingerprint` is the same for the same card or account under other tokens, empty when the gateway tells none;
    `funding` a card's as told (credit, debit, prepaid): some markets allow no credit cards.
    """

    kind: InstrumentKind
    token: str = ""
    fingerprint: str = ""
    scheme: str = ""
    last_four: str = ""
    expires: date | None = None
    owner_name: str = ""
    country: str = ""
    funding: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payer:
    """Who pays or is paid, as far as a gateway must know."""

    reference: str
    first_name: str
    last_name: str
    email: str
    country: str
    locale: str
    address: str
    birth_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A payment that we ask for. `reference` is ours, unique, and the idempotency key of every repeat of the call.

    `method` is the gateway's own code of the method (the route's), `return_url` where the player comes back to,
    `notify_url` where messages go. `original` is the gateway's reference of the payment that a refund takes back.
    """

    reference: str
    purpose: Purpose
    amount: Decimal
    currency: str
    method: str
    payer: Payer
    instrument: Instrument | None = None
    return_url: str = ""
    notify_url: str = ""
    original: str = ""
    statement: str = ""
    client_data: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a gateway answered to a call of ours.

    `client` is what the player's browser needs to go on (a redirect address, a session's data). `code` is the
    vendor's own reason, `text` says it for people. UNKNOWN is never a failure: the janitor asks.
    """

    standing: Standing
    reference: str = ""
    client: Mapping[str, str] = field(default_factory=dict)
    code: str = ""
    text: str = ""
    instrument: Instrument | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawMessage:
    """A call to our webhook as it came: header names in lower case, the query string as it was sent."""

    gateway: str
    method: str
    headers: Mapping[str, str]
    query: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the gateway wants to hear."""

    status: int
    body: bytes
    content_type: str = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One fact that a gateway tells, from a message or from an answer to our question.

    `key` is the same for every telling of the same fact and is what makes it count once (for Adyen: pspReference,
    eventCode, success). `reference` is our order's, empty if the gateway does not say; `gateway_reference` is the
    payment's over there. `amount` is None when the message tells none; the cashier then asks before it credits.
    """

    kind: NewsKind
    key: str
    reference: str
    gateway_reference: str
    amount: Decimal | None = None
    currency: str = ""
    occurred_at: datetime | None = None
    instrument: Instrument | None = None
    code: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPayment:
    """A payment whose outcome we do not know. `order` is made only when its turn to be asked about has come.

    `since` is when it was sent; the first question comes `services.inquiries.FIRST` later.
    """

    gateway: str
    reference: str
    gateway_reference: str
    since: datetime
    order: Callable[[], Order]


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementLine:
    """One line of a settlement file: what the gateway settled for one payment, signed from our side (in: positive).

    `kind` is the fact that the line settles (DEPOSIT_CONFIRMED, PAYOUT_CONFIRMED, REFUND_DONE, CHARGEBACK, …), or
    NOTED for a fee of its own. `fee` is what the gateway keeps (not negative), in the same currency.
    """

    kind: NewsKind
    reference: str
    gateway_reference: str
    gross: Decimal
    fee: Decimal
    currency: str
    booked_on: date
    text: str = ""


class Adapter(Protocol):
    """A gateway. One folder each in casino/gateways/adapters/, all alike (CONTRIBUTING)."""

    code: str

    def deposit_begin(self, order: Order, credentials: Credentials) -> Reply:
        """Ask for a deposit. Never raises for what the gateway or the network does: UNKNOWN, DECLINED say it."""

    def payout_send(self, order: Order, credentials: Credentials) -> Reply:
        """Ask for a payout, repeatable under the same reference."""

    def refund_send(self, order: Order, credentials: Credentials) -> Reply:
        """Ask to send a deposit back to where it came from; `order.original` names it."""

    def ask(self, order: Order, gateway_reference: str, credentials: Credentials) -> Sequence[News]:
        """What the gateway knows of an order; empty when it does not answer or can not be asked.

        A NewsKind.UNKNOWN with code "not_found" says that the gateway never heard of it.
        """

    def verdict_of(self, message: RawMessage, credentials: Credentials) -> Verdict:
        """Whether the message is the gateway's own: over the raw bytes, in constant time, both secrets tried."""

    def news_of(self, message: RawMessage) -> Sequence[News]:
        """The facts of a message whose signature held. Raises ValueError for what can not be understood."""

    def answer_to(self, message: RawMessage, verdict: Verdict, credentials: Credentials) -> Answer:
        """What to answer once the message is kept; signed where the vendor wants it so."""

    def settlement_lines(self, file: IO[bytes]) -> Iterable[SettlementLine]:
        """The lines of a settlement file, streamed. Raises ValueError naming the line that can not be understood."""
