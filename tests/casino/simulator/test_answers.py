"""Answers are read as strictly as the contract is written."""

import json

import pytest

from casino.simulator import calls
from casino.simulator.answers import UnreadableAnswerError, answer_read
from casino.simulator.wire import RawAnswer

JSON = {"content-type": "application/json; charset=utf-8"}
ASKED = calls.balance(player_id="alice")


def told(status: int, payload: object, **headers: str) -> tuple[str, ...]:
    """The complaints about an answer."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return answer_read(RawAnswer(status, JSON | named, json.dumps(payload).encode(), 0.0), ASKED).complaints


def error(code: str, kind: str) -> dict[str, object]:
    """An error in the contract's form."""
    return {"status": "error", "request_id": "r", "error": {"code": code, "class": kind, "message": "no"}}


@pytest.mark.parametrize(
    "raw",
    [
        RawAnswer(500, {"content-type": "text/html"}, b"<h1>Server Error</h1>", 0.0),
        RawAnswer(200, JSON, b"<html>", 0.0),
        RawAnswer(200, JSON, b"[]", 0.0),
        RawAnswer(404, JSON, b'{"detail": "Not found."}', 0.0),
        RawAnswer(200, {}, b"{}", 0.0),
    ],
)
def test_what_is_not_the_contracts_json_says_nothing_about_the_call(raw: RawAnswer) -> None:
    with pytest.raises(UnreadableAnswerError):
        answer_read(raw, ASKED)


def test_good_answers_draw_no_complaint() -> None:
    balance = {"currency": "EUR", "real": "9.80", "bonus": "0.20", "total": "10.00"}
    assert told(200, {"status": "ok", "request_id": "r", "balance": balance}) == ()
    assert told(402, error("insufficient_funds", "final") | {"balance": balance}) == ()
    assert told(429, error("rate_limited", "retry"), retry_after="1") == ()
    assert told(503, error("busy", "retry")) == ()
    assert told(413, error("invalid_request", "final")) == ()


@pytest.mark.parametrize(
    ("status", "payload", "complaint"),
    [
        (400, error("insufficient_funds", "final"), "came with HTTP 400"),
        (402, error("insufficient_funds", "final"), "without the balance"),
        (409, error("bet_not_found", "final"), "came with class 'final'"),
        (409, error("original_settled", "retry"), "came with class 'retry'"),
        (429, error("rate_limited", "retry"), "without Retry-After"),
        (503, error("temporarily_unavailable", "retry"), "without Retry-After"),
        (418, error("teapot", "final"), "code teapot came with HTTP 418"),
    ],
)
def test_each_slip_in_an_error_is_named(status: int, payload: object, complaint: str) -> None:
    assert any(complaint in one for one in told(status, payload))


def test_missing_fields_of_a_success_are_named() -> None:
    assert told(200, {"status": "ok"}) == ("answer without request_id, balance",)


@pytest.mark.parametrize(
    ("balance", "complaint"),
    [
        ({"currency": "EUR", "real": "1", "bonus": "1", "total": "3"}, "do not make"),
        ({"currency": "EUR", "real": "-1", "bonus": "0", "total": "-1"}, "negative"),
        ({"currency": "EUR", "real": 1.5, "bonus": "0", "total": "1.5"}, "not a plain decimal"),
        ({"currency": "EUR", "real": "1e3", "bonus": "0", "total": "1e3"}, "not a plain decimal"),
        ("12.00", "not an object"),
    ],
)
def test_each_slip_in_a_balance_is_named(balance: object, complaint: str) -> None:
    assert any(complaint in one for one in told(200, {"status": "ok", "balance": balance}))
