"""Nuvei: orders for its Web SDK, alternative methods by redirect, payouts, refunds, DMNs, settlement report.

Our reference is clientRequestId and clientUniqueId of every call. A DMN's checksum does not cover the order, the
player or the instrument: the cashier compares order, amount and currency with its own record before it credits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import IO, Any, Final

from casino.gateways.adapters.nuvei.client import called
from casino.gateways.adapters.nuvei.mapping import fields_of, news_of_details, news_of_dmn
from casino.gateways.adapters.nuvei.replies import order_reply, payment_reply, session_of, transaction_reply
from casino.gateways.adapters.nuvei.requests import order_body, payment_body, payout_body, refund_body
from casino.gateways.adapters.nuvei.settlement import lines_of
from casino.gateways.adapters.nuvei.signature import dmn_verdict
from casino.gateways.adapters.wire import refused
from casino.gateways.enums import NewsKind, Purpose, Standing, Verdict
from casino.gateways.types import Answer, Credentials, News, Order, RawMessage, Reply, SettlementLine

ACCEPTED: Final = Answer(status=200, body=b"OK")
REFUSED: Final = Answer(status=401, body=b"")
REDIRECTING: Final = "apmgw_"
NEVER_HEARD: Final = "no transaction"


class NuveiAdapter:
    """The protocol of casino/gateways/types.py in Nuvei's words."""

    code = "nuvei"

    def deposit_begin(self, order: Order, credentials: Credentials) -> Reply:
        """An order for the Web SDK; an alternative method (`apmgw_…`) is started at once and tells its page."""
        answer = _sent("openOrder", lambda: order_body(order), credentials)
        if isinstance(answer, Reply):
            return answer
        session = session_of(answer)
        if not session or not order.method.startswith(REDIRECTING):
            return order_reply(answer, credentials)
        paid = _sent("payment", lambda: payment_body(order, session), credentials)
        return paid if isinstance(paid, Reply) else payment_reply(paid, session)

    def payout_send(self, order: Order, credentials: Credentials) -> Reply:
        """Money to a stored user payment option."""
        answer = _sent("payout", lambda: payout_body(order), credentials)
        return answer if isinstance(answer, Reply) else transaction_reply(answer, error=Standing.UNKNOWN)

    def refund_send(self, order: Order, credentials: Credentials) -> Reply:
        """Send a payment back, whole or in part."""
        answer = _sent("refundTransaction", lambda: refund_body(order), credentials)
        return answer if isinstance(answer, Reply) else transaction_reply(answer, error=Standing.UNKNOWN)

    def ask(self, order: Order, gateway_reference: str, credentials: Credentials) -> Sequence[News]:
        """getPayoutStatus of a payout, getPaymentStatus of a session, getTransactionDetails of anything else."""
        session = order.client_data.get("session_token", "")
        if order.purpose is Purpose.PAYOUT:
            answer = called("getPayoutStatus", {"clientRequestId": order.reference}, credentials)
        elif session and not gateway_reference:
            answer = called("getPaymentStatus", {"sessionToken": session}, credentials)
        else:
            named = {"transactionId": gateway_reference} if gateway_reference else {"clientUniqueId": order.reference}
            answer = called("getTransactionDetails", named, credentials)
        if isinstance(answer, Reply):
            return _not_found(answer, order)
        try:
            return (news_of_details(answer, order.reference),)
        except ValueError:
            return ()

    def verdict_of(self, message: RawMessage, credentials: Credentials) -> Verdict:
        """Over the strings as they were sent."""
        try:
            return dmn_verdict(fields_of(message), credentials.secrets)
        except ValueError:
            return Verdict.INVALID

    def news_of(self, message: RawMessage) -> Sequence[News]:
        """One fact per DMN."""
        return (news_of_dmn(fields_of(message)),)

    def answer_to(self, message: RawMessage, verdict: Verdict, credentials: Credentials) -> Answer:
        """Nuvei repeats a DMN that is not answered with 200."""
        return ACCEPTED if verdict is Verdict.VALID else REFUSED

    def settlement_lines(self, file: IO[bytes]) -> Iterable[SettlementLine]:
        """The lines of a settlement report of Control Panel."""
        return lines_of(file)


def _sent(call: str, body: Callable[[], dict[str, Any]], credentials: Credentials) -> Mapping[str, Any] | Reply:
    try:
        ready = body()
    except ValueError as problem:
        return refused("not_sendable", str(problem))
    return called(call, ready, credentials)


def _not_found(answer: Reply, order: Order) -> Sequence[News]:
    """Nuvei's definite word that there is no such transaction; anything else is silence."""
    if answer.standing is not Standing.DECLINED or NEVER_HEARD not in answer.text.lower():
        return ()
    return (
        News(kind=NewsKind.UNKNOWN, key=f"{order.reference}:not_found", reference=order.reference,
             gateway_reference="", code="not_found", text=answer.text),
    )  # fmt: skip
