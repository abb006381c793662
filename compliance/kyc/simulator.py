"""A simulated Sumsub: a server of its own that speaks its documented forms. It knows nothing of ours.

    python -m compliance.kyc.simulator --port 8091 --app-token sbx:demo --secret … --webhook-secret … --webhook-url URL

    POST /resources/applicants?levelName=…          an applicant (409 when the externalUserId has one)
    GET  /resources/applicants/-;externalUserId=…/one
    POST /resources/accessTokens/sdk                a token
    POST /control/send                              a webhook as JSON: {"externalUserId", "type", …}; more fields go out
                                                    as they are; "copies": n, "algorithm", "spoil": true
    GET  /control/ready                             200

Requests whose signature or time does not fit are answered 401, as the vendor does.
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import json
import sys
import time
import urllib.error
import urllib.request
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

BODY_MOST: Final = 64 * 1024
DRIFT: Final = 60
HASHES: Final = {"HMAC_SHA1_HEX": "sha1", "HMAC_SHA256_HEX": "sha256", "HMAC_SHA512_HEX": "sha512"}


class VendorServer(ThreadingHTTPServer):
    """The vendor with the applicants it made since it started."""

    daemon_threads = True

    def __init__(self, port: int, app_token: str, secret: str, webhook_secret: str, webhook_url: str) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.app_token, self.secret = app_token, secret
        self.webhook_secret, self.webhook_url = webhook_secret, webhook_url
        self.applicants: dict[str, dict[str, Any]] = {}

    def webhook_send(self, order: dict[str, Any]) -> list[int]:
        """Send what is ordered; the statuses that came back."""
        copies = int(order.pop("copies", 1))
        algorithm = str(order.pop("algorithm", "HMAC_SHA256_HEX"))
        spoil = bool(order.pop("spoil", False))
        known = self.applicants.get(str(order.get("externalUserId")), {})
        body = {"applicantId": known.get("id", uuid.uuid4().hex[:24]), "inspectionId": uuid.uuid4().hex[:24],
                "correlationId": uuid.uuid4().hex, "levelName": known.get("levelName", ""), "sandboxMode": True,
                "createdAtMs": time.time_ns() // 1_000_000, "clientId": "simulated"} | order  # fmt: skip
        raw = json.dumps(body).encode()
        digest = hmac.new(self.webhook_secret.encode(), raw, HASHES[algorithm]).hexdigest()
        if spoil:
            raw = raw.replace(b"GREEN", b"green") if b"GREEN" in raw else raw + b" "
        headers = {"Content-Type": "application/json", "x-payload-digest": digest, "x-payload-digest-alg": algorithm}
        return [self._post(raw, headers) for _ in range(copies)]

    def _post(self, raw: bytes, headers: dict[str, str]) -> int:
        request = urllib.request.Request(self.webhook_url, data=raw, headers=headers, method="POST")  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310 - the address is the operator's
                return int(answer.status)
        except urllib.error.HTTPError as refused:
            return refused.code


class Handler(BaseHTTPRequestHandler):
    """One call."""

    server: VendorServer
    timeout = 15

    def do_GET(self) -> None:
        """Readiness, and an applicant by our name."""
        if self.path == "/control/ready":
            self._end(200, {})
        elif self._signed(b""):
            name = unquote(self.path.partition("externalUserId=")[2].removesuffix("/one"))
            found = self.server.applicants.get(name)
            self._end(200 if found else 404, found or {"description": "no applicant"})

    def do_POST(self) -> None:
        """An applicant, a token, or an order to send a webhook."""
        raw = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), BODY_MOST))
        if self.path == "/control/send":
            self._end(200, {"statuses": self.server.webhook_send(json.loads(raw))})
        elif self._signed(raw):
            body = json.loads(raw or b"{}")
            parts = urlsplit(self.path)
            if parts.path == "/resources/applicants":
                self._applicant(str(body["externalUserId"]), parse_qs(parts.query)["levelName"][0])
            elif parts.path == "/resources/accessTokens/sdk":
                self._end(200, {"token": f"_act-sbx-{uuid.uuid4()}", "userId": body["userId"]})
            else:
                self._end(404, {"description": "no such call"})

    def _applicant(self, name: str, level: str) -> None:
        if name in self.server.applicants:
            self._end(409, {"description": "Applicant with external user id already exists"})
            return
        made = {"id": uuid.uuid4().hex[:24], "externalUserId": name, "levelName": level}
        self.server.applicants[name] = made
        self._end(201, made)

    def _signed(self, raw: bytes) -> bool:
        stamp = self.headers.get("X-App-Access-Ts", "0")
        message = f"{stamp}{self.command}{self.path}".encode() + raw
        expected = hmac.new(self.server.secret.encode(), message, hashlib.sha256).hexdigest()
        fits = hmac.compare_digest(expected, self.headers.get("X-App-Access-Sig", ""))
        timely = stamp.isdigit() and abs(time.time() - int(stamp)) <= DRIFT
        if fits and timely and self.headers.get("X-App-Token") == self.server.app_token:
            return True
        self._end(401, {"description": "signature, time or token does not fit"})
        return False

    def _end(self, status: int, told: dict[str, Any]) -> None:
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Nothing personal is written anywhere."""


def main(arguments: list[str]) -> int:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--port", type=int, default=8091)
    for name in ("app-token", "secret", "webhook-secret", "webhook-url"):
        parser.add_argument(f"--{name}", required=True)
    said = parser.parse_args(arguments)
    server = VendorServer(said.port, said.app_token, said.secret, said.webhook_secret, said.webhook_url)
    sys.stdout.write(f"simulated Sumsub on 127.0.0.1:{server.server_address[1]}\n")
    sys.stdout.flush()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
