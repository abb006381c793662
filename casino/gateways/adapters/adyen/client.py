"""Calls to Adyen through the official library, and what their ends mean. Never raises for what Adyen or the net does.

The library decides the address from its platform and live prefix; an address of ours (a test's server, a proxy) takes
the place of Adyen's host. Its `get_query` and its paths do not escape what they are given: it is escaped here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http.client import HTTPException
from typing import Any, Final
from urllib.parse import urlsplit

from Adyen import AdyenError
from Adyen.client import AdyenClient
from Adyen.exceptions import AdyenAPIResponseError
from Adyen.services.checkout import AdyenCheckoutApi
from Adyen.services.payouts import AdyenPayoutsApi

from casino.gateways.adapters.wire import refused, told, unsure
from casino.gateways.types import Credentials, Reply

OWN_HOSTS: Final = ("adyen.com", "adyenpayments.com")
# Adyen checked the request and will not do it. Any other status, and any body that is not Adyen's, proves nothing.
DEFINITE: Final = frozenset({400, 401, 403, 422})
# "Request already processed or in progress": the first telling of the same idempotency key may have been paid.
IN_PROGRESS: Final = "704"


class AddressedClient(AdyenClient):  # type: ignore[misc]
    """The library's client, sent to another host than Adyen's where one is named."""

    other_base = ""

    def _determine_api_url(self, platform: str, endpoint: str) -> str:
        url: str = super()._determine_api_url(platform, endpoint)
        parts = urlsplit(url)
        return self.other_base + parts.path if self.other_base else url


def client_make(credentials: Credentials, key: str = "api_key") -> AddressedClient:
    """A client for one call. `key`: which of our API keys signs in. Raises LookupError where it is not set."""
    prefix = credentials.secrets.get("live_prefix") or None
    made = AddressedClient(
        xapikey=credentials.secrets[key],
        platform="live" if prefix else "test",
        live_endpoint_prefix=prefix,
        # What the library falls back to without `requests`: the same in tests as in production.
        http_force="urllib",
        http_timeout=credentials.timeout_ms / 1000,
    )
    host = urlsplit(credentials.url).hostname or ""
    if credentials.url and not host.endswith(OWN_HOSTS):
        made.other_base = credentials.url.rstrip("/")
    return made


def checkout(credentials: Credentials) -> AdyenCheckoutApi:
    """Adyen's Checkout API. Raises LookupError without a key."""
    return AdyenCheckoutApi(client=client_make(credentials))


def payouts(credentials: Credentials, key: str) -> AdyenPayoutsApi:
    """Adyen's Payout API. Raises LookupError without a key."""
    return AdyenPayoutsApi(client=client_make(credentials, key))


def called(call: Callable[[], Any]) -> Mapping[str, Any] | Reply:
    """Adyen's answer as an object, or the Reply that its absence or refusal means."""
    try:
        message = call().message
    except AdyenAPIResponseError as problem:
        return _refusal(problem)
    except (AdyenError, LookupError) as problem:
        # Before anything was sent: a key or a live prefix is missing.
        return refused("not_configured", str(problem))
    except (OSError, HTTPException, ValueError, AttributeError, TypeError, RecursionError) as problem:
        # The net, or a body that the library can not read (a list, null, bytes that are no text).
        return unsure("no_answer", type(problem).__name__)
    return message if isinstance(message, dict) and message else unsure("no_answer", "an empty answer")


def _refusal(problem: AdyenAPIResponseError) -> Reply:
    """DECLINED only for a refusal in Adyen's own form."""
    code, status = told(problem.error_code, 40), problem.status_code
    body = problem.message if isinstance(problem.message, dict) else {}
    text = told(body.get("message"))
    known = bool(code) or (status in {401, 403} and "errorType" in body)
    if status in DEFINITE and known and code != IN_PROGRESS:
        return refused(code or str(status), text)
    return unsure(code or f"http_{status}", text)
