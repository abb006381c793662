"""Messages to the merchant: signed, sent until they are answered with 2xx, slower each time."""

from __future__ import annotations

import hashlib
import hmac
import sqlite3
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from threading import Event, Lock
from typing import Final

from casino.gateways.sandbox_server.books import Books
from casino.gateways.sandbox_server.clock import Clock
from casino.gateways.sandbox_server.happenings import happen

TRIES: Final = 12
PAUSES: Final = (1.0, 2.0, 5.0, 15.0, 60.0, 300.0)
SECONDS: Final = 10.0
POLL: Final = 0.05
SIGNATURE_HEADER: Final = "X-Sandbox-Signature"


def signature(keys: Sequence[str], body: bytes, moment: int) -> str:
    """`t=<Unix seconds>,v1=<HMAC-SHA256 over "t.body">`, one v1 for each key in use."""
    signed = str(moment).encode() + b"." + body
    marks = (hmac.new(key.encode(), signed, hashlib.sha256).hexdigest() for key in keys)
    return ",".join([f"t={moment}", *(f"v1={mark}" for mark in marks)])


class Postman:
    """Carries messages out, one after the other."""

    def __init__(self, books: Books, clock: Clock, keys: Sequence[str]) -> None:
        self.books, self.clock = books, clock
        self.keys = tuple(keys)
        self.held = False
        self._stopped = Event()
        self._one_round = Lock()
        # Redirects are not followed and the environment's proxies are not used.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Still())

    def run(self) -> None:
        """Until stopped."""
        while not self._stopped.wait(POLL):
            if not self.held:
                self.round()
            else:
                with self.books.open() as db:
                    happen(db, self.clock.now())

    def stop(self) -> None:
        """End the run."""
        self._stopped.set()

    def round(self, *, at_once: bool = False) -> list[int]:
        """Let due things happen and send due messages (`at_once`: all that wait); the statuses they met."""
        with self._one_round:
            now = self.clock.now()
            with self.books.open() as db:
                happen(db, now)
                until = now + 1e9 if at_once else now
                rows = db.execute(
                    "SELECT * FROM delivery WHERE ended = 0 AND due <= ? ORDER BY due, id", [until]
                ).fetchall()
            return [self._send(row) for row in rows]

    def _send(self, row: sqlite3.Row) -> int:
        body = str(row["body"]).encode()
        keys = ["not-the-key"] if row["forged"] else self.keys
        request = urllib.request.Request(  # noqa: S310 - the merchant's own http address
            row["url"],
            data=body,
            headers={"Content-Type": "application/json", SIGNATURE_HEADER: signature(keys, body, int(time.time()))},
        )
        status = self._status(request)
        good = 200 <= status < 300
        attempts = int(row["attempts"]) + 1
        pause = PAUSES[min(attempts, len(PAUSES)) - 1]
        with self.books.open() as db:
            db.execute(
                "UPDATE delivery SET attempts = ?, status = ?, ended = ?, due = ? WHERE id = ?",
                [attempts, status, int(good or attempts >= TRIES), self.clock.now() + pause, row["id"]],
            )
        return status

    def _status(self, request: urllib.request.Request) -> int:
        try:
            with self._opener.open(request, timeout=SECONDS) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as answer:
            return answer.code
        except (OSError, ValueError) as problem:
            sys.stderr.write(f"message to {request.full_url} not delivered: {problem}\n")
            return 0


class _Still(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer, and not a good one."""

    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        return None
