"""The sandbox gateway as the cashier sees it. One adapter for each face of the server."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from typing import IO, Final

from casino.gateways.adapters.sandbox.client import Heard, file_get, order_post, question_get
from casino.gateways.adapters.sandbox.mapping import event_news, news_from, order_told, reply_of
from casino.gateways.adapters.sandbox.settlement import lines_of
from casino.gateways.adapters.sandbox.signature import HEADER, signature_holds
from casino.gateways.adapters.wire import refused, told, unsure
from casino.gateways.enums import NewsKind, Verdict
from casino.gateways.types import Answer, Credentials, News, Order, RawMessage, Reply, SettlementLine

# The gateway has looked at the order and not taken it on; 409 is not among them: money may move under the reference.
REFUSED: Final = frozenset({400, 401, 403, 404, 413, 422})
KEYS: Final = ("webhook_key", "webhook_key_next")


class SandboxAdapter:
    """A face of the simulated gateway: `sandbox`, `sandbox2`."""

    def __init__(self, code: str) -> None:
        self.code = code

    def deposit_begin(self, order: Order, credentials: Credentials) -> Reply:
        """A payment: done, declined, pending, or a page that the payer goes on to."""
        return _reply(order_post("/v1/payments", order_told(order), credentials))

    def payout_send(self, order: Order, credentials: Credentials) -> Reply:
        """A payout to a stored instrument."""
        return _reply(order_post("/v1/payouts", order_told(order), credentials))

    def refund_send(self, order: Order, credentials: Credentials) -> Reply:
        """A payment back to where it came from."""
        return _reply(order_post("/v1/refunds", order_told(order), credentials))

    def ask(self, order: Order, gateway_reference: str, credentials: Credentials) -> Sequence[News]:
        """Everything that has happened to the payment so far, with the keys that the messages have."""
        query = {"reference": order.reference, "id": gateway_reference}
        heard = question_get("/v1/payments", query, credentials)
        if heard.status == 404 and heard.body.get("code") == "not_found":
            return (_never_heard(order, gateway_reference),)
        events = heard.body.get("events")
        if heard.status != 200 or not isinstance(events, list):
            return ()
        try:
            return tuple(event_news(event) for event in events if isinstance(event, dict))
        except ValueError:
            return ()

    def verdict_of(self, message: RawMessage, credentials: Credentials) -> Verdict:
        """Whether one of our keys signed the body, within five minutes."""
        header = message.headers.get(HEADER, "")
        if not header:
            return Verdict.ABSENT
        keys = [credentials.secrets.get(name, "") for name in KEYS]
        holds = signature_holds(header=header, body=message.body, keys=keys, now=time.time())
        return Verdict.VALID if holds else Verdict.INVALID

    def news_of(self, message: RawMessage) -> Sequence[News]:
        """The fact of a message."""
        return (news_from(message.body),)

    def answer_to(self, message: RawMessage, verdict: Verdict, credentials: Credentials) -> Answer:
        """200 once the message is kept; 401 lets the gateway try again what was signed wrongly."""
        held = verdict is Verdict.VALID
        return Answer(status=200 if held else 401, body=b"ok" if held else b"signature")

    def settlement_lines(self, file: IO[bytes]) -> Iterable[SettlementLine]:
        """The lines of a settlement file."""
        return lines_of(file)

    def settlement_names(self, credentials: Credentials) -> Sequence[str]:
        """The settlement files that there are, oldest first; empty when the gateway does not answer."""
        files = question_get("/v1/settlements", {}, credentials).body.get("files")
        return tuple(told(name) for name in files) if isinstance(files, list) else ()

    def settlement_fetch(self, name: str, credentials: Credentials) -> bytes | None:
        """A settlement file; None when it does not come."""
        return file_get(f"/v1/settlements/{name}", credentials)


def _reply(heard: Heard) -> Reply:
    if heard.status == 200 and heard.body:
        return reply_of(heard.body)
    code = told(heard.body.get("code"))
    if heard.status in REFUSED and code:
        return refused(code)
    return unsure(code or ("no_answer" if heard.status is None else f"status_{heard.status}"))


def _never_heard(order: Order, gateway_reference: str) -> News:
    return News(
        kind=NewsKind.UNKNOWN,
        key=f"{order.reference}:not_found",
        reference=order.reference,
        gateway_reference=gateway_reference,
        code="not_found",
    )
