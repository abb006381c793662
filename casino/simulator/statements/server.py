"""The provider's server of statements.

GET  /statements/<day>.<format>   with "Authorization: Bearer <token>": the day, as FORMATS has it
POST /control/books               [{"kind", "transaction_id", "player", …}, …]: what the provider booked
POST /control/plant               {"amount": 1, "late": 2, …}: errors in every statement from now on
GET  /control/planted             what was planted in the last statement
"""

from __future__ import annotations

import hmac
import json
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

from casino.simulator.statements.books import Booked, booked_of, of_day
from casino.simulator.statements.plants import PLANTS, Planted, planted
from casino.simulator.statements.writing import FORMATS

BODY_MOST: Final = 64 * 1024 * 1024


class StatementServer(ThreadingHTTPServer):
    """The provider with its books."""

    daemon_threads = True

    def __init__(self, *, port: int = 0, token: str) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.token = token
        self.books: list[Booked] = []
        self.orders: dict[str, int] = {}
        self.planted: list[Planted] = []

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    """One call."""

    server: StatementServer
    server_version = "Sandbox/1"
    timeout = 20

    def do_GET(self) -> None:
        """A statement, or what was planted in the last one."""
        if self.path == "/control/planted":
            return self._end(200, json.dumps([[one.kind, one.transaction_id] for one in self.server.planted]).encode())
        day, _, written = self.path.removeprefix("/statements/").partition(".")
        if not self.path.startswith("/statements/") or written not in FORMATS:
            return self._end(404, b"")
        due = f"Bearer {self.server.token}"
        if not hmac.compare_digest(self.headers.get("Authorization", "").encode(), due.encode()):
            return self._end(401, b"")
        try:
            rows = of_day(self.server.books, date.fromisoformat(day))
        except ValueError:
            return self._end(404, b"")
        rows, self.server.planted = planted(rows, self.server.orders)
        return self._end(200, FORMATS[written](rows))

    def do_POST(self) -> None:
        """An order."""
        length = self.headers.get("Content-Length", "0")
        raw = self.rfile.read(min(int(length), BODY_MOST)) if length.isdigit() else b""
        try:
            told: Any = json.loads(raw)
            if self.path == "/control/books":
                self.server.books += [booked_of(one) for one in told]
            elif self.path == "/control/plant" and set(told) <= set(PLANTS):
                self.server.orders = {kind: int(number) for kind, number in told.items()}
            else:
                return self._end(404, b"")
        except (ValueError, KeyError, TypeError):
            return self._end(400, b"")
        return self._end(204, b"")

    def _end(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        """Silence."""
