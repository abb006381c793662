"""Calls to a provider that speaks transfer wallet v1. Whatever can not be trusted is UNKNOWN, never an exception."""

from __future__ import annotations

import hmac
import json
import time
from decimal import Decimal
from typing import Any, Final

import httpx2

from casino.transfers.adapters.transfer_v1.signature import answer_signature, call_signature
from casino.transfers.enums import Standing
from casino.transfers.types import Seat, Site, Told
from common.currencies import CURRENCIES
from common.money import AmountError, amount_parse, amount_text

STANDINGS: Final = {"done": Standing.DONE, "refused": Standing.REFUSED, "not_found": Standing.ABSENT}
ANSWER_MOST: Final = 64_000


class TransferV1:
    """The dialect: `TransferAdapter` by its shape."""

    def launch(self, site: Site, seat: Seat) -> Told:
        """POST /v1/launch."""
        body = {
            "player": seat.player, "currency": seat.currency, "game": seat.game, "session": seat.session,
            "language": seat.language, "mode": "real" if seat.real else "demo",
        }  # fmt: skip
        return _call(site, "/v1/launch", body, seat.currency)

    def credit(self, site: Site, seat: Seat, reference: str, amount: Decimal) -> Told:
        """POST /v1/credit."""
        return _call(site, "/v1/credit", _money(seat, reference, amount), seat.currency, reference)

    def debit_all(self, site: Site, seat: Seat, reference: str) -> Told:
        """POST /v1/debit-all."""
        return _call(site, "/v1/debit-all", _money(seat, reference), seat.currency, reference)

    def status(self, site: Site, seat: Seat, reference: str) -> Told:
        """POST /v1/status."""
        return _call(site, "/v1/status", {"reference": reference}, seat.currency, reference)

    def balance(self, site: Site, seat: Seat) -> Told:
        """POST /v1/balance."""
        return _call(site, "/v1/balance", {"player": seat.player, "currency": seat.currency}, seat.currency)


def _money(seat: Seat, reference: str, amount: Decimal | None = None) -> dict[str, str]:
    told = {"player": seat.player, "currency": seat.currency, "reference": reference}
    return told if amount is None else told | {"amount": amount_text(amount, CURRENCIES[seat.currency])}


def _call(site: Site, path: str, body: dict[str, str], currency: str, reference: str = "") -> Told:
    raw = json.dumps(body, separators=(",", ":")).encode()
    stamp = str(int(time.time()))
    signature = call_signature(secret=site.secret, timestamp=stamp, path=path, body=raw)
    headers = {
        "Content-Type": "application/json", "X-Key-Id": site.key_id, "X-Timestamp": stamp, "X-Signature": signature,
    }  # fmt: skip
    begun = time.monotonic()
    try:
        with httpx2.Client(timeout=site.timeout_ms / 1000, follow_redirects=False, trust_env=False) as client:
            answer = client.post(site.url + path, content=raw, headers=headers)
        told = _read(answer, answer_signature(secret=site.secret, call=signature, body=answer.content), currency)
    except httpx2.HTTPError as problem:
        told = ("no answer: " + type(problem).__name__, {})
    busy = int((time.monotonic() - begun) * 1000)
    note, facts = told
    if note:
        return Told(standing=Standing.UNKNOWN, note=note, busy_ms=busy)
    if reference and facts.get("reference") != reference:
        return Told(standing=Standing.UNKNOWN, note="answers another reference", busy_ms=busy)
    return _told(facts, currency, busy)


def _read(answer: httpx2.Response, expected: str, currency: str) -> tuple[str, dict[str, Any]]:
    """What is wrong with an answer, or nothing and its facts."""
    if answer.status_code != 200:
        return f"HTTP {answer.status_code}", {}
    if len(answer.content) > ANSWER_MOST:
        return "the answer is too long", {}
    if not hmac.compare_digest(answer.headers.get("X-Signature", "").encode(), expected.encode()):
        return "the answer's signature does not hold", {}
    try:
        facts = json.loads(answer.content)
    except ValueError:
        return "the answer is no JSON", {}
    if not isinstance(facts, dict) or facts.get("status") not in STANDINGS:
        return "the answer has no known status", {}
    if facts.get("currency", currency) != currency:
        return "the answer is in another currency", {}
    return "", facts


def _told(facts: dict[str, Any], currency: str, busy: int) -> Told:
    amount = None
    if "amount" in facts:
        try:
            amount = amount_parse(str(facts["amount"]), CURRENCIES[currency])
        except AmountError as problem:
            return Told(standing=Standing.UNKNOWN, note=f"the amount {problem}"[:200], busy_ms=busy)
    return Told(
        standing=STANDINGS[facts["status"]], amount=amount, currency=currency, note=str(facts.get("code", ""))[:200],
        url=str(facts.get("url", ""))[:500], busy_ms=busy,
    )  # fmt: skip
