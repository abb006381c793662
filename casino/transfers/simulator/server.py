"""The provider's server: its API, its game, and orders of whoever runs the demonstration or a test.

POST /v1/launch, /v1/credit, /v1/debit-all, /v1/status, /v1/balance     signed, see docs/transfer-wallet.md
GET, POST /game/<token>                                                 the game itself
POST /control/play   {"player", "currency", "stake", "win", "rounds"}   rounds are played
POST /control/fault  {"at", "do", "times"}                              something goes wrong (faults.py)
POST /control/meddle {"player", "currency", "cents"}                    the books are wrong from now on
GET  /control/books, /control/ready
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import json
import secrets
import sys
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

from casino.transfers.simulator.books import Booked, Books
from casino.transfers.simulator.faults import Faults, die
from casino.transfers.simulator.page import PAGE

BODY_MOST: Final = 16_384
# A call that is older is refused whatever it says: what was not booked by then never will be.
CALL_LIVES_SECONDS: Final = 30
Answer = dict[str, Any]


class ProviderServer(ThreadingHTTPServer):
    """The provider with its books."""

    daemon_threads = True

    def __init__(self, *, port: int, key: str, secret: str, books: Path, late: float) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.key, self.secret, self.late = key, secret.encode(), late
        self.books, self.faults = Books(books), Faults()
        self.url = f"http://127.0.0.1:{port}"


class Handler(BaseHTTPRequestHandler):
    """One call."""

    server: ProviderServer
    server_version = "NorthStar/1"
    timeout = 20

    def do_GET(self) -> None:
        """The game, and what its keeper asks."""
        if self.path == "/control/ready":
            self._end(200, b"")
        elif self.path == "/control/books":
            self._end(200, json.dumps(self.server.books.told()).encode())
        elif self.path.startswith("/game/"):
            self._game("")
        else:
            self._end(404, b"")

    def do_POST(self) -> None:
        """A signed call, an order, or a turn of the game."""
        length = self.headers.get("Content-Length", "0")
        raw = self.rfile.read(min(int(length), BODY_MOST)) if length.isdigit() else b""
        if self.path.startswith("/game/"):
            return self._spin()
        if not self.path.startswith("/v1/"):
            return self._order(raw)
        if not self._signed(raw):
            return self._end(401, b"")
        try:
            asked = json.loads(raw)
        except ValueError:
            return self._end(400, b"")
        return self._call(self.path.removeprefix("/v1/"), asked)

    def _signed(self, raw: bytes) -> bool:
        stamp = self.headers.get("X-Timestamp", "")
        young = stamp.isdigit() and abs(time.time() - int(stamp)) <= CALL_LIVES_SECONDS
        due = self._hmac(b"\n".join((stamp.encode(), self.path.encode(), raw)))
        known = self.headers.get("X-Key-Id", "") == self.server.key
        return young and known and hmac.compare_digest(due, self.headers.get("X-Signature", ""))

    def _hmac(self, message: bytes) -> str:
        return hmac.new(self.server.secret, message, hashlib.sha256).hexdigest()

    def _call(self, name: str, asked: Answer) -> None:
        calls: dict[str, Callable[[Answer], Answer]] = {
            "launch": self._launch, "credit": self._credit, "debit-all": self._debit_all, "status": self._status,
            "balance": self._balance,
        }  # fmt: skip
        if name not in calls:
            return self._end(404, b"")
        fault = self.server.faults.next(name)
        if fault == "die_before":
            die()
        if fault == "lose_before":
            return self._hang_up()
        if fault == "error":
            return self._end(500, b"")
        if fault == "refuse":
            answer: Answer = {"status": "refused", "code": "not_now", "reference": asked.get("reference", "")}
        else:
            answer = calls[name](asked)
        return self._answer(answer, fault)

    def _answer(self, answer: Answer, fault: str) -> None:
        if fault == "die_after":
            die()
        if fault == "lose":
            return self._hang_up()
        if fault == "error_after":
            return self._end(500, b"")
        if fault == "late":
            time.sleep(self.server.late)
        if fault == "amount":
            answer["amount"] = _text(_cents(answer.get("amount", "0")) + 10_000)
        body = b"<html>we are sorry</html>" if fault == "garbage" else json.dumps(answer).encode()
        called = self.headers.get("X-Signature", "").encode()
        signature = "0" * 64 if fault == "unsigned" else self._hmac(called + b"\n" + body)
        return self._end(200, body, signature)

    def _launch(self, asked: Answer) -> Answer:
        token = secrets.token_urlsafe(24)
        self.server.books.seat(token, asked["player"], asked["currency"], asked["game"], asked["mode"])
        return {"status": "done", "url": f"{self.server.url}/game/{token}"}

    def _credit(self, asked: Answer) -> Answer:
        booked = self.server.books.credit(
            asked["reference"], asked["player"], asked["currency"], _cents(asked["amount"])
        )
        return _told(booked, asked["reference"], asked["currency"])

    def _debit_all(self, asked: Answer) -> Answer:
        booked = self.server.books.debit_all(asked["reference"], asked["player"], asked["currency"])
        return _told(booked, asked["reference"], asked["currency"])

    def _status(self, asked: Answer) -> Answer:
        found = self.server.books.status(asked["reference"])
        if found is None:
            return {"status": "not_found", "reference": asked["reference"]}
        return _told(found[0], asked["reference"], found[1])

    def _balance(self, asked: Answer) -> Answer:
        cents = self.server.books.balance(asked["player"], asked["currency"])
        return {"status": "done", "amount": _text(cents), "currency": asked["currency"]}

    def _order(self, raw: bytes) -> None:
        asked: Answer = json.loads(raw or b"{}")
        books = self.server.books
        if self.path == "/control/fault":
            done = self.server.faults.order(asked["at"], asked["do"], int(asked.get("times", 1)))
            return self._end(204 if done else 400, b"")
        if self.path == "/control/play":
            for _round in range(int(asked.get("rounds", 1))):
                books.play(asked["player"], asked["currency"], int(asked["stake"]), asked.get("win"))
            cents = books.balance(asked["player"], asked["currency"])
            return self._end(200, json.dumps({"cents": cents}).encode())
        return self._end(404, b"")

    def _spin(self) -> None:
        seat = self.server.books.seated(self.path.removeprefix("/game/"))
        if seat is None:
            return self._end(404, b"")
        played = self.server.books.play(seat[0], seat[1], 100) if seat[3] == "real" else (0, 0)
        if played is None:
            return self._game("Not enough money.")
        return self._game(f"You win {_text(played[0])}." if played[0] else "No win this time.")

    def _game(self, said: str) -> None:
        seat = self.server.books.seated(self.path.removeprefix("/game/"))
        if seat is None:
            return self._end(404, b"")
        balance = _text(self.server.books.balance(seat[0], seat[1]))
        page = PAGE.format(game=seat[2], balance=balance, currency=seat[1], said=said)
        return self._end(200, page.encode(), kind="text/html; charset=utf-8")

    def _hang_up(self) -> None:
        self.close_connection = True
        self.connection.close()

    def _end(self, status: int, body: bytes, signature: str = "", kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if signature:
            self.send_header("X-Signature", signature)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """The path and the status; game tokens stay out of it."""
        if not self.path.startswith("/game/"):
            sys.stderr.write(f"{self.log_date_time_string()} {format % args}\n")


def _told(booked: Booked, reference: str, currency: str) -> Answer:
    told = {"status": booked.status, "reference": reference, "currency": currency, "amount": _text(booked.cents)}
    return told | ({"code": booked.code} if booked.code else {})


def _cents(text: str) -> int:
    whole, _dot, rest = text.partition(".")
    if not (whole.isdigit() and (not rest or rest.isdigit()) and len(rest.rstrip("0")) <= 2):
        raise ValueError("an amount has two decimals here")
    return int(whole) * 100 + int((rest + "00")[:2])


def _text(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"


def main(arguments: list[str] | None = None) -> None:
    """Serve until ended."""
    parser = argparse.ArgumentParser(description="A simulated transfer provider.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--key", default="k1", help="what callers send as X-Key-Id")
    parser.add_argument("--secret", required=True)
    parser.add_argument("--books", type=Path, required=True, help="the file that holds wallets and movements")
    parser.add_argument("--late", type=float, default=30, help="seconds for which a late answer waits")
    chosen = parser.parse_args(arguments)
    with ProviderServer(
        port=chosen.port, key=chosen.key, secret=chosen.secret, books=chosen.books, late=chosen.late
    ) as server:
        sys.stderr.write(f"Simulated transfer provider on {server.url}\n")
        server.serve_forever()
