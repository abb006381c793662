"""GET /metrics for Prometheus: internal, answered to a token or a network of the settings alone."""

from __future__ import annotations

import hmac
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound

from common.clock import utc_now
from common.http.address import client_address
from reporting.monitoring.selectors.metrics import metrics_text

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def metrics(request: HttpRequest) -> HttpResponse:
    """The figures, or 404: to everybody else there is nothing here."""
    if request.method not in {"GET", "HEAD"} or not _admitted(request):
        return HttpResponseNotFound(b"", content_type="text/plain")
    answer = HttpResponse(metrics_text(now=utc_now()), content_type=CONTENT_TYPE)
    answer["Cache-Control"] = "no-store"
    return answer


def _admitted(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "")
    if settings.METRICS_TOKEN and hmac.compare_digest(given.encode(), f"Bearer {settings.METRICS_TOKEN}".encode()):
        return True
    address = client_address(request)
    if address is None:
        return False
    return any(ip_address(str(address)) in ip_network(network) for network in settings.METRICS_NETWORKS)
