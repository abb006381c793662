"""Trustly Europe: Deposit, AccountPayout, Refund, notifications, settlement report.

The MessageID is our reference: Trustly refuses it a second time, which makes a repeated call harmless.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import IO, Any, Final

from casino.gateways.adapters.trustly.client import DUPLICATE, algorithm_of, called, is_trustlys
from casino.gateways.adapters.trustly.mapping import (
    news_of_ledger,
    news_of_notification,
    news_of_withdrawal,
    notification_of,
)
from casino.gateways.adapters.trustly.replies import deposit_reply, yes_or_no
from casino.gateways.adapters.trustly.requests import deposit_data, ledger_data, payout_data, refund_data
from casino.gateways.adapters.trustly.settlement import lines_of
from casino.gateways.adapters.trustly.signature import signed
from casino.gateways.adapters.wire import goes_out, refused
from casino.gateways.enums import Standing, Verdict
from casino.gateways.types import Answer, Credentials, News, Order, RawMessage, Reply, SettlementLine

JSON_TYPE: Final = "application/json; charset=utf-8"
REFUSED: Final = Answer(status=401, body=b"", content_type=JSON_TYPE)
LEDGER_DAYS: Final = 14


class TrustlyAdapter:
    """The protocol of casino/gateways/types.py in Trustly's words."""

    code = "trustly"

    def deposit_begin(self, order: Order, credentials: Credentials) -> Reply:
        """An order and the address where the player picks his bank."""
        return _sent("Deposit", lambda: deposit_data(order), deposit_reply, credentials)

    def payout_send(self, order: Order, credentials: Credentials) -> Reply:
        """Money to a stored account. A MessageID that Trustly has already is a payout that was taken on before."""
        reply = _sent("AccountPayout", lambda: payout_data(order), yes_or_no, credentials)
        if reply.standing is Standing.DECLINED and reply.code == DUPLICATE:
            return Reply(standing=Standing.PENDING, code=reply.code)
        return reply

    def refund_send(self, order: Order, credentials: Credentials) -> Reply:
        """Send a deposit back. Trustly has no key against a second refund: a fault is unknown and is asked about."""
        return _sent("Refund", lambda: refund_data(order), yes_or_no, credentials)

    def ask(self, order: Order, gateway_reference: str, credentials: Credentials) -> Sequence[News]:
        """The order's rows of the last days' ledger, and for a payout those of GetWithdrawals.

        A row that is not there proves nothing (money is booked when it comes): `not_found` is never said.
        """
        today = datetime.now(tz=UTC).date()
        first = today - timedelta(days=LEDGER_DAYS)
        found = _rows("AccountLedger", ledger_data(order.currency, first, today), credentials)
        mine = [row for row in found if row.get("messageid") == order.reference]
        news = _read(mine, order.reference, news_of_ledger)[:1]
        if gateway_reference and goes_out(order.reference):
            rows = _rows("GetWithdrawals", {"OrderID": gateway_reference}, credentials)
            news += _read(rows, order.reference, news_of_withdrawal)
        return tuple(news)

    def verdict_of(self, message: RawMessage, credentials: Credentials) -> Verdict:
        """Over the JSON as it was received."""
        try:
            told = notification_of(message.body)
        except ValueError:
            return Verdict.INVALID
        if not told.signature:
            return Verdict.ABSENT
        held = is_trustlys(credentials.secrets, told.signature, method=told.method, uuid=told.uuid, data=told.data)
        return Verdict.VALID if held else Verdict.INVALID

    def news_of(self, message: RawMessage) -> Sequence[News]:
        """One fact per notification."""
        return (news_of_notification(notification_of(message.body)),)

    def answer_to(self, message: RawMessage, verdict: Verdict, credentials: Credentials) -> Answer:
        """Signed by us: status OK, the same method and uuid. Without it Trustly tells again for days."""
        if verdict is not Verdict.VALID:
            return REFUSED
        told, data, secrets = notification_of(message.body), {"status": "OK"}, credentials.secrets
        try:
            signature = signed(
                secrets["private_key"], algorithm_of(secrets), method=told.method, uuid=told.uuid, data=data
            )
        except (LookupError, ValueError, TypeError):
            return Answer(status=500, body=b"", content_type=JSON_TYPE)
        result = {"signature": signature, "uuid": told.uuid, "method": told.method, "data": data}
        return Answer(
            status=200, body=json.dumps({"result": result, "version": "1.1"}).encode(), content_type=JSON_TYPE
        )

    def settlement_lines(self, file: IO[bytes]) -> Iterable[SettlementLine]:
        """The lines of what ViewAutomaticSettlementDetailsCSV answers."""
        return lines_of(file)


def _sent(
    method: str,
    data: Callable[[], Mapping[str, Any]],
    read: Callable[[Mapping[str, Any]], Reply],
    credentials: Credentials,
) -> Reply:
    try:
        ready = data()
    except ValueError as problem:
        return refused("not_sendable", str(problem))
    answer = called(method, ready, credentials)
    return answer if isinstance(answer, Reply) else read(answer)


def _rows(method: str, data: Mapping[str, Any], credentials: Credentials) -> list[dict[str, Any]]:
    answer = called(method, data, credentials)
    rows = answer.get("rows") if isinstance(answer, Mapping) else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _read(rows: list[dict[str, Any]], reference: str, read: Callable[[dict[str, Any], str], News]) -> list[News]:
    news = []
    for row in rows:
        try:
            news.append(read(row, reference))
        except ValueError:
            continue
    return news
