"""What may come over a wire when nobody means well, and what an adapter may make of it."""

from __future__ import annotations

import json
from io import BytesIO
from urllib.parse import urlencode

from hypothesis import strategies as st

from casino.gateways.enums import Verdict
from casino.gateways.types import Adapter, Credentials
from tests.gateways.wire_process import CARD_NUMBER, message

# Names that the three vendors use, so that garbage gets past the first look.
NAMES = st.sampled_from(
    [
        "notificationItems", "NotificationRequestItem", "amount", "value", "currency", "eventCode", "success",
        "pspReference", "additionalData", "hmacSignature", "merchantReference", "method", "params", "uuid", "signature",
        "data", "orderid", "messageid", "notificationid", "attributes", "accountid", "PPP_TransactionID", "Status",
        "TransactionID", "totalAmount", "transactionType", "responseTimeStamp", "expMonth",
    ]
)  # fmt: skip
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20),
    st.sampled_from(["EUR", "true", "\x00", "\ud800", "AUTHORISATION", "credit", "APPROVED", "D-1"]),
    st.sampled_from(["25.00", CARD_NUMBER]),
)  # fmt: skip
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(NAMES, inner, max_size=8)),
    max_leaves=20,
)


def bodies() -> st.SearchStrategy[bytes]:
    """Bytes, JSON, JSON in the vendors' wrappings, and forms."""
    json_bytes = VALUES.map(lambda value: json.dumps(value).encode())
    adyen = VALUES.map(lambda one: json.dumps({"notificationItems": [{"NotificationRequestItem": one}]}).encode())
    trustly = VALUES.map(
        lambda one: json.dumps({"method": "credit", "params": {"uuid": "u", "signature": "AAAA", "data": one}}).encode()
    )
    return st.one_of(st.binary(max_size=200), json_bytes, adyen, trustly, queries().map(str.encode))


def queries() -> st.SearchStrategy[str]:
    """Forms with the names of DMNs."""
    text = st.text(st.characters(codec="utf-8"), max_size=20)
    return st.dictionaries(NAMES, text, max_size=10).map(urlencode)


def damaged() -> st.SearchStrategy[tuple[float, bytes]]:
    """Where a message is damaged, from 0 to 1, and with what."""
    return st.tuples(st.floats(min_value=0, max_value=1), st.binary(min_size=1, max_size=12))


def csv_files(good: bytes) -> st.SearchStrategy[bytes]:
    """Any bytes, and a good file with bytes in it that do not belong there."""
    places = damaged().map(lambda one: good[: int(one[0] * len(good))] + one[1] + good[int(one[0] * len(good)) :])
    return st.one_of(st.binary(max_size=300), places)


def checked_news(adapter: Adapter, raw: bytes, query: str) -> None:
    """news_of: facts or a ValueError."""
    try:
        news = adapter.news_of(message(raw, query))
    except ValueError:
        return
    for one in news:
        assert one.key
        assert one.amount is None or one.amount.is_finite()
        kept = repr((one.instrument, one.text, one.code, one.reference))
        assert CARD_NUMBER not in kept


def checked_verdict(adapter: Adapter, raw: bytes, query: str, credentials: Credentials) -> None:
    """verdict_of: never an exception, and nothing of this is signed."""
    assert adapter.verdict_of(message(raw, query), credentials) in {Verdict.INVALID, Verdict.ABSENT}


def checked_lines(adapter: Adapter, raw: bytes) -> None:
    """settlement_lines: lines or a ValueError that names one."""
    lines, trouble = [], "line"
    try:
        lines = list(adapter.settlement_lines(BytesIO(raw)))
    except ValueError as problem:
        trouble = str(problem)
    assert "line" in trouble
    assert all(one.fee >= 0 and one.gross.is_finite() for one in lines)
