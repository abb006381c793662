"""The gateway's HTTP side: the merchant's calls, the payer's page, and the orders of whoever runs it."""

from __future__ import annotations

import hmac
import json
import os
import sqlite3
import sys
import time
from collections.abc import Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

from casino.gateways.sandbox_server.books import Books
from casino.gateways.sandbox_server.clock import Clock
from casino.gateways.sandbox_server.control import KILLED, Control
from casino.gateways.sandbox_server.deliveries import Postman
from casino.gateways.sandbox_server.happenings import events_of, happen
from casino.gateways.sandbox_server.hosted import hosted_decide, hosted_open, hosted_page
from casino.gateways.sandbox_server.outcomes import Outcome
from casino.gateways.sandbox_server.pages import ended_page, way_back
from casino.gateways.sandbox_server.payments import (
    WrongOrderError,
    payment_begin,
    payment_by_id,
    payment_by_reference,
    payment_told,
)  # fmt: skip
from casino.gateways.sandbox_server.settlement import batch_body, batches

HOST: Final = "127.0.0.1"
BODY_MOST: Final = 64 * 1024
PURPOSES: Final = {"payments": "deposit", "payouts": "payout", "refunds": "refund"}


class GatewayServer(ThreadingHTTPServer):
    """The gateway with its books, its clock and its postman."""

    daemon_threads = True

    def __init__(
        self, *, port: int, state: Path, faces: Sequence[str], api_key: str, webhook_keys: Sequence[str],
        silence: float,
    ) -> None:  # fmt: skip
        super().__init__((HOST, port), Handler)
        self.faces, self.api_key, self.silence = tuple(faces), api_key, silence
        self.books = Books(state)
        self.clock = Clock(float(self.books.setting("clock_ahead", "0")))
        self.postman = Postman(self.books, self.clock, webhook_keys)
        self.control = Control(self.books, self.clock, self.postman)
        Thread(target=self.postman.run, daemon=True).start()

    @property
    def address(self) -> str:
        """Where people and merchants find it."""
        return f"http://{HOST}:{self.server_port}"

    def first(self, face: str) -> bool:
        """Whether this is the face that a cascade begins with."""
        return face == self.faces[0]


class Handler(BaseHTTPRequestHandler):
    """One call."""

    server: GatewayServer
    server_version = "SandboxGateway/1"
    timeout = 15

    def do_GET(self) -> None:
        """A question of the merchant, or the payer's page."""
        face, _, rest = urlsplit(self.path).path.lstrip("/").partition("/")
        query = dict(parse_qsl(urlsplit(self.path).query))
        if (face, rest) == ("control", "ready"):
            self._json(200, {"faces": self.server.faces})
        elif face in self.server.faces and rest.startswith("pay/"):
            self._page(face, rest.removeprefix("pay/"), None)
        elif self._let_in(face):
            self._question(face, rest, query)

    def do_POST(self) -> None:
        """An order of the merchant, the payer's decision, or an order of the demonstration."""
        raw = self._body()
        face, _, rest = urlsplit(self.path).path.lstrip("/").partition("/")
        if raw is None:
            return
        if face == "control":
            self._json(*self.server.control.obey(rest, dict(parse_qsl(raw.decode("utf-8", "replace")))))
        elif face in self.server.faces and rest.startswith("pay/"):
            self._page(face, rest.removeprefix("pay/"), dict(parse_qsl(raw.decode("utf-8", "replace"))))
        elif self._let_in(face):
            purpose = PURPOSES.get(rest.removeprefix("v1/"))
            if purpose is None:
                self._json(404, {"code": "no_such_call"})
            else:
                self._order(face, purpose, raw)

    def _let_in(self, face: str) -> bool:
        """Whether the caller has the key and the face is up."""
        if face not in self.server.faces:
            self._json(404, {"code": "no_such_face"})
        elif not hmac.compare_digest(self.headers.get("X-Api-Key", ""), self.server.api_key):
            self._json(401, {"code": "wrong_key"})
        elif (mode := self.server.control.modes.get(face, "")) == "outage":
            self._json(503, {"code": "outage"})
        elif mode == "silence":
            self._silent()
        else:
            return True
        return False

    def _question(self, face: str, rest: str, query: Mapping[str, str]) -> None:
        with self.server.books.open() as db:
            if rest == "v1/settlements":
                return self._json(200, {"files": batches(db, face)})
            if rest.startswith("v1/settlements/"):
                body = batch_body(db, face, rest.removeprefix("v1/settlements/"))
                return self._end(404 if body is None else 200, (body or "").encode(), "text/csv; charset=utf-8")
            if rest != "v1/payments":
                return self._json(404, {"code": "no_such_call"})
            happen(db, self.server.clock.now())
            payment = payment_by_reference(db, face=face, reference=query.get("reference", ""))
            payment = payment or payment_by_id(db, query.get("id", ""))
            if payment is None or payment["face"] != face:
                return self._json(404, {"code": "not_found"})
            return self._json(200, payment_told(db, payment) | {"events": events_of(db, payment)})

    def _order(self, face: str, purpose: str, raw: bytes) -> None:
        try:
            order = json.loads(raw)
            if not isinstance(order, dict):
                raise WrongOrderError(400, "not_an_object")
            with self.server.books.open() as db:
                payment, outcome = payment_begin(
                    db, face=face, first_face=self.server.first(face), purpose=purpose, order=order,
                    now=self.server.clock.now(),
                )  # fmt: skip
                told = self._told(db, face, payment) if payment else {}
        except ValueError:
            return self._json(400, {"code": "not_json"})
        except WrongOrderError as wrong:
            return self._json(wrong.status, {"code": wrong.code})
        return self._answer(face, outcome, told)

    def _told(self, db: sqlite3.Connection, face: str, payment: sqlite3.Row) -> dict[str, Any]:
        told = payment_told(db, payment)
        if payment["state"] == "open":
            hosted_open(db, payment=payment, now=self.server.clock.now())
            told |= {"state": "redirect", "redirect_url": f"{self.server.address}/{face}/pay/{payment['id']}"}
        return told

    def _answer(self, face: str, outcome: Outcome, told: dict[str, Any]) -> None:
        if self.server.control.modes.get(face) == "die":
            os._exit(KILLED)
        if outcome.answered in {"silence", "never"}:
            self._silent()
        elif outcome.answered == "error":
            self._json(500, {"code": "internal"})
        elif outcome.answered == "garbage" and told.get("state") != "redirect":
            self._end(200, b"<html>perhaps</html>", "text/html")
        else:
            self._json(200, told)

    def _page(self, face: str, identity: str, form: dict[str, str] | None) -> None:
        first, now = self.server.first(face), self.server.clock.now()
        with self.server.books.open() as db:
            payment = payment_by_id(db, identity)
            if payment is None or payment["face"] != face:
                return self._json(404, {"code": "not_found"})
            if form is not None:
                hosted_decide(db, payment=payment, form=form, first_face=first, now=now)
                happen(db, self.server.clock.now())
                payment = payment_by_id(db, identity) or payment
        if payment["state"] == "open":
            return self._end(200, hosted_page(payment, first_face=first).encode(), "text/html; charset=utf-8")
        back = way_back(payment)
        if back and form is not None:
            return self._end(303, b"", "text/plain", {"Location": back})
        return self._end(200, ended_page(payment).encode(), "text/html; charset=utf-8")

    def _silent(self) -> None:
        """Let the caller wait, and hang up."""
        time.sleep(self.server.silence)
        self.close_connection = True

    def _body(self) -> bytes | None:
        length = self.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdigit() or int(length) > BODY_MOST:
            self._json(413, {"code": "too_long"})
            return None
        return self.rfile.read(int(length))

    def _json(self, status: int, told: object) -> None:
        self._end(status, json.dumps(told).encode(), "application/json")

    def _end(self, status: int, body: bytes, kind: str, headers: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """The call and its status."""
        sys.stderr.write(f"{self.log_date_time_string()} {format % args}\n")
