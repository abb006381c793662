"""Calls to the sandbox gateway. Nothing that the network does is an exception to the caller."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import httpx2

from casino.gateways.types import Credentials

FILE_MOST: Final = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Heard:
    """What came back; `status` is None when nothing did, `body` is empty when it is no JSON object."""

    status: int | None
    body: Mapping[str, Any]


def order_post(path: str, told: Mapping[str, Any], credentials: Credentials) -> Heard:
    """Send an order."""
    return _heard("POST", path, credentials, json=dict(told))


def question_get(path: str, query: Mapping[str, str], credentials: Credentials) -> Heard:
    """Ask a question."""
    return _heard("GET", path, credentials, params=dict(query))


def file_get(path: str, credentials: Credentials) -> bytes | None:
    """A settlement file; None when it does not come, or is too long."""
    try:
        with _client(credentials) as client:
            answer = client.get(f"{credentials.url.rstrip('/')}{path}", headers=_headers(credentials))
    except (httpx2.HTTPError, httpx2.InvalidURL):
        return None
    return answer.content if answer.status_code == 200 and len(answer.content) <= FILE_MOST else None


def _heard(method: str, path: str, credentials: Credentials, **content: Any) -> Heard:
    try:
        with _client(credentials) as client:
            url = f"{credentials.url.rstrip('/')}{path}"
            answer = client.request(method, url, headers=_headers(credentials), **content)
    except (httpx2.HTTPError, httpx2.InvalidURL):
        return Heard(None, {})
    try:
        body = answer.json()
    except ValueError:
        body = None
    return Heard(answer.status_code, body if isinstance(body, dict) else {})


def _headers(credentials: Credentials) -> dict[str, str]:
    return {"X-Api-Key": credentials.secrets.get("api_key", "")}


def _client(credentials: Credentials) -> httpx2.Client:
    # A connection kept from the last call may be dead, and would read as a failure of the gateway.
    limits = httpx2.Limits(max_keepalive_connections=0)
    return httpx2.Client(timeout=credentials.timeout_ms / 1000, follow_redirects=False, trust_env=False, limits=limits)
