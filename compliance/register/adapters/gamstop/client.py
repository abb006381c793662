"""GAMSTOP's question: a form with six fields, answered in the headers alone (X-Exclusion: Y, N or P; X-Unique-Id).

Built from what is public about API v2; the contract with the register prevails. Certificates are verified, redirects
are not followed, the environment's proxies are not used, and the body is never read.
"""

from __future__ import annotations

import re
import ssl
from functools import cache
from time import perf_counter
from typing import Final

import httpx2

from compliance.register.enums import RegisterOutcome
from compliance.register.types import Person, Reply, Site

ANSWERS: Final = {
    "Y": RegisterOutcome.MATCH,
    "N": RegisterOutcome.NO_MATCH,
    "P": RegisterOutcome.PREVIOUSLY,
}
NAME_MOST: Final = 50
_REFERENCE: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")


def gamstop_ask(person: Person, site: Site, trace: str) -> Reply:
    """Ask about one person; every failure is an outcome, none an exception."""
    began = perf_counter()
    status, reference = None, ""
    try:
        with _client(site.timeout_ms) as client, client.stream(
            "POST", site.url, data=_form(person), headers={"X-API-Key": site.key, "X-Trace-Id": trace}
        ) as response:  # fmt: skip
            status = response.status_code
            outcome = _outcome(status, response.headers.get("X-Exclusion"))
            reference = response.headers.get("X-Unique-Id", "")
    except httpx2.TimeoutException:
        outcome = RegisterOutcome.TIMEOUT
    except httpx2.TransportError:
        outcome = RegisterOutcome.UNREACHABLE
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError):
        outcome = RegisterOutcome.GARBAGE
    return Reply(
        outcome=outcome,
        latency_ms=round((perf_counter() - began) * 1000),
        status=status,
        reference=reference if _REFERENCE.fullmatch(reference) else "",
    )


def _outcome(status: int, said: str | None) -> RegisterOutcome:
    if status >= 500:
        return RegisterOutcome.SERVER_ERROR
    if status >= 400:
        return RegisterOutcome.REFUSED
    if status != 200:
        return RegisterOutcome.GARBAGE
    return ANSWERS.get(said or "", RegisterOutcome.GARBAGE)


def _form(person: Person) -> dict[str, str]:
    return {
        "firstName": person.first_name[:NAME_MOST],
        "lastName": person.last_name[:NAME_MOST],
        "dateOfBirth": person.birth_date.isoformat(),
        "email": person.email,
        "postcode": person.postcode,
        "mobile": person.mobile,
    }


def _client(timeout_ms: int) -> httpx2.Client:
    # A connection kept from the last sign-in may be dead, and would read as a failure of the register.
    limits = httpx2.Limits(max_keepalive_connections=0)
    return httpx2.Client(
        verify=_certificates(), timeout=timeout_ms / 1000, follow_redirects=False, trust_env=False, limits=limits
    )


@cache
def _certificates() -> ssl.SSLContext:
    return httpx2.create_ssl_context(verify=True, trust_env=False)
