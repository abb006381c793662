"""Three vendors on one port, a process of its own: the documented formats of Adyen, Trustly and Nuvei, our signatures
verified by code of its own. What it does with a call is told by our reference: `D-decline`, `W-slow`, `D-garbage`…

It knows nothing of the platform. Run: python -m tests.gateways.wire_server PORT KEYS (the folder of the RSA keys).
"""

from __future__ import annotations

import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.gateways.wire_adyen import adyen
from tests.gateways.wire_nuvei import nuvei
from tests.gateways.wire_trustly import trustly

LOG: list[dict[str, Any]] = []
KEYS = Path()


class Handler(BaseHTTPRequestHandler):
    """One request; `what` is how our reference asks it to end."""

    def do_GET(self) -> None:
        """The log, readiness, and the result of an Adyen session."""
        parts = urlsplit(self.path)
        if parts.path == "/control/log":
            self.answer(200, LOG)
        elif parts.path == "/control/ready":
            self.answer(200, {})
        else:
            self.session_result(parts.path, parse_qs(parts.query))

    def do_POST(self) -> None:
        """A call of any of the three."""
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = json.loads(raw)
        path = urlsplit(self.path).path
        LOG.append({"path": self.path, "body": body, "headers": {k.lower(): v for k, v in self.headers.items()}})
        what = self.wish(body)
        if what == "slow":
            time.sleep(3)
        if what == "close":
            self.connection.close()
        elif what == "drip":
            self.drip()
        elif what in FAULTS:
            self.send_raw(*FAULTS[what])
        elif path.startswith("/ppp/"):
            self.answer(200, nuvei(path.rsplit("/", 1)[1].removesuffix(".do"), body, what))
        elif path.startswith("/api/1"):
            self.answer(200, trustly(body, what, KEYS))
        else:
            self.answer(*adyen(path, body, self.headers.get("X-Api-Key"), self.headers.get("Idempotency-Key"), what))

    @staticmethod
    def wish(body: dict[str, Any]) -> str:
        data = body.get("params", {}).get("Data", {})
        named = body.get("reference") or body.get("clientRequestId") or data.get("MessageID") or ""
        extra = data.get("Attributes", {}).get("ExternalReference", "")
        named = named or extra or body.get("clientUniqueId") or ""
        return str(named).split("-", 1)[-1].split(".")[0]

    def session_result(self, path: str, query: dict[str, list[str]]) -> None:
        LOG.append({"path": self.path})
        session = path.rsplit("/", 1)[1]
        status = query.get("sessionResult", ["?"])[0]
        paid = {
            "amount": {"value": 2500, "currency": "EUR"},
            "pspReference": "T7FD4VM4D3RZNN82",
            "resultCode": "Authorised",
        }
        answer: dict[str, Any] = {"id": session, "reference": "D-1", "status": status.split("+")[0]}
        if status == "completed+/=":
            answer["payments"] = [paid]
        self.answer(200, answer)

    def drip(self) -> None:
        """A byte every now and then, for longer than anybody waits."""
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        for _ in range(20):
            self.wfile.write(b"{")
            time.sleep(0.4)

    def answer(self, status: int, body: object) -> None:
        self.send_raw(status, json.dumps(body).encode())

    def send_raw(self, status: int, raw: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_: object) -> None:
        """Quiet."""


FAULTS = {
    "500": (500, b'{"status":500,"errorCode":"905","message":"Internal error","errorType":"internal"}'),
    "502": (502, b"<html>Bad gateway</html>"),
    "503": (503, b""),
    "429": (429, b'{"status":429,"message":"Too many"}'),
    "garbage": (200, b"\x00\xff\xfe{]"),
    "html": (200, b"<html>Sorry</html>"),
    "list": (200, b"[1, 2]"),
    "null": (200, b"null"),
    "empty": (200, b""),
    "deep": (200, b"[" * 200_000),
    "object": (200, b"{}"),
    "proxy400": (400, b"<html>Bad request</html>"),
}


if __name__ == "__main__":
    KEYS = Path(sys.argv[2])
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
