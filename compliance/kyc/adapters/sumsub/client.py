"""Calls to Sumsub: an applicant for a player, and a token with which the player's own app opens the check."""

from __future__ import annotations

import json
import time
from typing import Any, Final
from urllib.parse import quote, urlsplit

import httpx2
from django.conf import settings

from compliance.kyc.adapters.sumsub.signature import request_signature
from compliance.kyc.errors import ProviderNotSet, ProviderUnavailable

SECONDS: Final = 8.0
TOKEN_SECONDS: Final = 600


def applicant_create(*, player: str, level_name: str) -> str:
    """The applicant's number for a player's public id; the one there is already when Sumsub knows him (409).

    Raises ProviderNotSet, ProviderUnavailable. Call it outside any transaction.
    """
    path = f"/resources/applicants?levelName={quote(level_name, safe='')}"
    answer = _call("POST", path, {"externalUserId": player})
    if answer.status_code == 409:
        answer = _call("GET", f"/resources/applicants/-;externalUserId={quote(player, safe='')}/one", None)
    return str(_object(answer)["id"])


def access_token(*, player: str, level_name: str) -> str:
    """A token for the web or mobile SDK, ten minutes long. Raises ProviderNotSet, ProviderUnavailable."""
    body = {"userId": player, "levelName": level_name, "ttlInSecs": TOKEN_SECONDS}
    return str(_object(_call("POST", "/resources/accessTokens/sdk", body))["token"])


def _call(method: str, path: str, body: dict[str, Any] | None) -> httpx2.Response:
    if not (settings.SUMSUB_APP_TOKEN and settings.SUMSUB_SECRET):
        raise ProviderNotSet
    raw = b"" if body is None else json.dumps(body, separators=(",", ":")).encode()
    stamp = int(time.time())
    headers = {
        "X-App-Token": settings.SUMSUB_APP_TOKEN,
        "X-App-Access-Ts": str(stamp),
        "X-App-Access-Sig": request_signature(
            secret=settings.SUMSUB_SECRET, timestamp=stamp, method=method, path=path, body=raw
        ),
        "Content-Type": "application/json",
    }
    base = settings.SUMSUB_URL.rstrip("/")
    try:
        with httpx2.Client(timeout=SECONDS, follow_redirects=False, trust_env=False) as client:
            answer = client.request(method, base + path, content=raw or None, headers=headers)
    except httpx2.HTTPError as problem:
        raise ProviderUnavailable(host=urlsplit(base).hostname or "") from problem
    if answer.status_code >= 500 or answer.status_code == 429:
        raise ProviderUnavailable(status=str(answer.status_code))
    return answer


def _object(answer: httpx2.Response) -> dict[str, Any]:
    try:
        told = answer.json()
    except ValueError:
        told = None
    if answer.status_code >= 300 or not isinstance(told, dict) or not ({"id", "token"} & set(told)):
        raise ProviderUnavailable(status=str(answer.status_code))
    return told
