"""A provider that knows only HTTP and the contract: http.client and hmac, nothing of ours."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import http.client
import json
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

BASE = "/api/wallet/v1/"


@dataclass(frozen=True)
class Reply:
    """What came back: header names in lower case, the body byte for byte."""

    status: int
    headers: dict[str, str]
    body: bytes

    @cached_property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found

    @property
    def code(self) -> str:
        """`ok`, or the error's code."""
        return "ok" if self.json["status"] == "ok" else str(self.json["error"]["code"])

    @property
    def outcome(self) -> tuple[int, str]:
        return self.status, self.code

    @property
    def real(self) -> str:
        return str(self.json["balance"]["real"])

    @property
    def replayed(self) -> bool:
        return self.headers.get("idempotent-replay") == "true"


def signature(secret: str, timestamp: str, method: str, target: str, body: bytes) -> str:
    """The value of X-Signature (wallet-api-v1 §2)."""
    message = f"{timestamp}.{method}.{target}.".encode() + body
    return "v1=" + hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class Wire:
    """One provider's end of the wire to the wallet on 127.0.0.1."""

    port: int
    provider: str = "sandbox"
    key_id: str = "k1"
    secret: str = "sandbox-secret"
    timeout: float = 20.0
    more_headers: Mapping[str, str] = field(default_factory=dict)
    source: str = "127.0.0.1"

    def but(self, **changes: Any) -> Wire:
        """The same wire with other credentials or headers."""
        return replace(self, **changes)

    def headers(self, method: str, target: str, body: bytes, timestamp: str | None = None) -> dict[str, str]:
        """The headers of a signed call, with this wire's own ones."""
        stamp = timestamp if timestamp is not None else str(int(time.time()))
        return {
            "Content-Type": "application/json",
            "X-Provider": self.provider,
            "X-Key-Id": self.key_id,
            "X-Timestamp": stamp,
            "X-Signature": signature(self.secret, stamp, method, target, body),
            **self.more_headers,
        }

    def plain(self, method: str, target: str, body: bytes | None, headers: Mapping[str, str]) -> Reply:
        """Send as told and read the whole answer."""
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=self.timeout, source_address=(self.source, 0)
        )
        try:
            connection.request(method, target, body, dict(headers))
            answer = connection.getresponse()
            return Reply(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def send(self, method: str, target: str, body: bytes = b"", *, timestamp: str | None = None) -> Reply:
        """Sign and send any bytes to any path."""
        return self.plain(method, target, body, self.headers(method, target, body, timestamp))

    def post(self, call: str, fields: Mapping[str, Any]) -> Reply:
        """Sign and send one call of the contract."""
        return self.send("POST", BASE + call, json.dumps(fields).encode())

    def get(self, path: str) -> Reply:
        """Sign and send one look-up; `path` below the base path, escaped as it shall be sent."""
        return self.send("GET", BASE + path)

    def raw(self, data: bytes, *, seconds: float = 3.0) -> bytes:
        """Send bytes as they are and read until the server closes, or says nothing more for `seconds`."""
        parts = []
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=seconds) as line:
            line.sendall(data)
            while part := line.recv(65536):
                parts.append(part)
        return b"".join(parts)
