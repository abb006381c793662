"""Adyen: payment sessions for deposits, refunds, payouts to stored instruments, webhooks, settlement files.

Our reference is the idempotency key of each call. Adyen has no call for the state of any payment: `ask` reads a
session's result where the browser brought one, and says nothing otherwise (docs/gateways/adyen.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import IO, Any, Final

from casino.gateways.adapters.adyen.client import called, checkout, payouts
from casino.gateways.adapters.adyen.mapping import items_of, news_of_item
from casino.gateways.adapters.adyen.replies import news_of_session, payout_reply, refund_reply, session_reply
from casino.gateways.adapters.adyen.requests import (
    confirm_request,
    path_part,
    payout_request,
    refund_request,
    session_request,
)
from casino.gateways.adapters.adyen.settlement import lines_of
from casino.gateways.adapters.adyen.signature import items_verdict, login_holds
from casino.gateways.adapters.wire import refused
from casino.gateways.enums import InstrumentKind, Standing, Verdict
from casino.gateways.types import Answer, Credentials, News, Order, RawMessage, Reply, SettlementLine

ACCEPTED: Final = Answer(status=200, body=b"[accepted]")
REFUSED: Final = Answer(status=401, body=b"")


class AdyenAdapter:
    """The protocol of casino/gateways/types.py in Adyen's words."""

    code = "adyen"

    def deposit_begin(self, order: Order, credentials: Credentials) -> Reply:
        """Open a payment session; Adyen's component in the browser goes on with what `client` tells."""
        try:
            request = session_request(order, credentials)
        except (LookupError, ValueError) as problem:
            return refused("not_sendable", str(problem))
        answer = called(lambda: checkout(credentials).payments_api.sessions(request, idempotency_key=order.reference))
        return answer if isinstance(answer, Reply) else session_reply(answer, credentials)

    def payout_send(self, order: Order, credentials: Credentials) -> Reply:
        """Cards are paid at once; anything else is submitted and, where we hold the reviewer's key, confirmed."""
        try:
            request = payout_request(order, credentials)
        except (LookupError, ValueError) as problem:
            return refused("not_sendable", str(problem))
        key = "payout_api_key" if credentials.secrets.get("payout_api_key") else "api_key"
        instant = order.instrument is not None and order.instrument.kind is InstrumentKind.CARD

        def send() -> Any:
            api = payouts(credentials, key)
            call = api.instant_payouts_api.payout if instant else api.initialization_api.submit_third_party
            return call(request, idempotency_key=order.reference)

        answer = called(send)
        if isinstance(answer, Reply):
            return answer
        reply = payout_reply(answer)
        if instant or reply.standing is not Standing.PENDING or not credentials.secrets.get("review_api_key"):
            return reply
        return _confirmed(reply, order, credentials)

    def refund_send(self, order: Order, credentials: Credentials) -> Reply:
        """Ask to send money back to where payment `original` came from; REFUND tells the end of it."""
        try:
            request = refund_request(order, credentials)
        except (LookupError, ValueError) as problem:
            return refused("not_sendable", str(problem))
        answer = called(
            lambda: checkout(credentials).modifications_api.refund_captured_payment(
                request, path_part(order.original), idempotency_key=order.reference
            )
        )
        if isinstance(answer, Reply):
            return answer
        return refund_reply(answer)

    def ask(self, order: Order, gateway_reference: str, credentials: Credentials) -> Sequence[News]:
        """The result of a session whose token the browser brought (`client_data["session_result"]`), else nothing."""
        result = order.client_data.get("session_result", "")
        session = order.client_data.get("session_id", "") or gateway_reference
        if not result or not session:
            return ()
        answer = called(
            lambda: checkout(credentials).payments_api.get_result_of_payment_session(
                path_part(session), query_parameters={"sessionResult": path_part(result)}
            )
        )
        if isinstance(answer, Reply):
            return ()
        try:
            return (news_of_session(answer, session, order.reference),)
        except ValueError:
            return ()

    def verdict_of(self, message: RawMessage, credentials: Credentials) -> Verdict:
        """VALID when basic auth and the HMAC of every item hold."""
        try:
            items = items_of(message.body)
        except ValueError:
            return Verdict.INVALID
        verdict = items_verdict(items, credentials.secrets)
        if verdict is Verdict.VALID and not login_holds(message.headers, credentials.secrets):
            return Verdict.INVALID
        return verdict

    def news_of(self, message: RawMessage) -> Sequence[News]:
        """One fact per item."""
        return tuple(news_of_item(item) for item in items_of(message.body))

    def answer_to(self, message: RawMessage, verdict: Verdict, credentials: Credentials) -> Answer:
        """`[accepted]` also for what is kept and flagged; 401 lets Adyen show a wrong key in its customer area."""
        return ACCEPTED if verdict is Verdict.VALID else REFUSED

    def settlement_lines(self, file: IO[bytes]) -> Iterable[SettlementLine]:
        """The lines of a settlement details report."""
        return lines_of(file)


def _confirmed(submitted: Reply, order: Order, credentials: Credentials) -> Reply:
    """The reviewer's yes. Where nobody knows whether it was heard, the payout is unknown and is sent again; where
    Adyen refused it, the payout waits for a person in the customer area and expires after seven days."""
    request = confirm_request(submitted.reference, credentials)
    answer = called(
        lambda: payouts(credentials, "review_api_key").reviewing_api.confirm_third_party(
            request, idempotency_key=f"{order.reference}-confirm"
        )
    )
    if not isinstance(answer, Reply):
        return submitted
    if answer.standing is Standing.DECLINED:
        return replace(submitted, code=f"not_confirmed: {answer.code}", text=answer.text)
    return replace(answer, reference=submitted.reference)
