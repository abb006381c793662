"""What every answer tells a browser about its limits: scripts, framing, referrers, features, caching."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden

from common.http.address import is_https

# Nothing but our own files, no inline script, no eval: pages of players and every answer that is no page.
STRICT: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; base-uri 'none'"
)
# unfold's Alpine evaluates the expressions of its templates and sets styles; inline scripts stay forbidden.
BACK_OFFICE: Final = (
    "default-src 'self'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
    " font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none';"
    " base-uri 'none'"
)
# The readers of the API's document start themselves by an inline script and a worker.
API_READER: Final = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
    " font-src 'self' data:; worker-src 'self' blob:; connect-src 'self'; form-action 'self'; frame-ancestors 'none';"
    " object-src 'none'; base-uri 'none'"
)
FEATURES: Final = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), midi=(), display-capture=()"
HSTS: Final = "max-age=31536000; includeSubDomains"
STAFF_PAGES: Final = ("/admin/", "/account/")
POLICIES: Final = ((STAFF_PAGES, BACK_OFFICE), (("/api/docs/", "/api/redoc/"), API_READER))


class SecurityHeadersMiddleware:
    """Adds the headers, keeps pages of staff out of every cache, and answers plain HTTP with 403 where HTTPS is asked.

    The providers' fast lane answers machines and does not pass here (common/http/fast_lane.py).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_https(request):
            request.META["wsgi.url_scheme"] = "https"  # so that Django sees through a trusted proxy
        elif settings.REQUIRE_HTTPS:
            return self._dressed(request, HttpResponseForbidden("This house answers over HTTPS only.\n"))
        return self._dressed(request, self.get_response(request))

    def _dressed(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        headers = {
            "Content-Security-Policy": policy_of(request.path),
            "Referrer-Policy": "same-origin",
            "Permissions-Policy": FEATURES,
            "Cross-Origin-Opener-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
        }
        if settings.REQUIRE_HTTPS:
            headers["Strict-Transport-Security"] = HSTS
        for name, value in headers.items():
            response.setdefault(name, value)
        if request.path.startswith(STAFF_PAGES):
            # Back button after sign-out: a browser that kept the page would show it again.
            response["Cache-Control"] = "no-store, private"
        return response


def policy_of(path: str) -> str:
    """The content security policy of the page at `path`."""
    return next((policy for prefixes, policy in POLICIES if path.startswith(prefixes)), STRICT)
