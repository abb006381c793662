"""Sumsub's webhook: bytes in, kept with the digest's verdict, answered at once, worked off by a task."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from common.clock import utc_now
from compliance.kyc.adapters.sumsub.signature import digest_holds
from compliance.kyc.services.provider_events import event_keep
from players.api.kit.errors import RateLimited
from players.api.kit.throttle import Rate, address_counted

MAX_BODY: Final = 256 * 1024
FORGED: Final = Rate(name="kyc-forged", address="30/hour")


@csrf_exempt
@require_POST
def sumsub_webhook(request: HttpRequest) -> HttpResponse:
    """200 once the message is kept; 401 for a digest that does not fit; 413 for what is too long."""
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length.isdigit() or int(length) > MAX_BODY:
        return JsonResponse({"error": "too long, or of unknown length"}, status=413)
    raw = request.body
    signed = digest_holds(
        secret=settings.SUMSUB_WEBHOOK_SECRET,
        least=settings.SUMSUB_WEBHOOK_LEAST,
        algorithm=request.headers.get("x-payload-digest-alg", ""),
        given=request.headers.get("x-payload-digest", ""),
        raw=raw,
    )
    if not signed:
        try:
            address_counted(request, FORGED)
        except RateLimited:
            return JsonResponse({"error": "too many unsigned messages"}, status=429)
    event_keep(raw=raw, signed=signed, now=utc_now())
    return JsonResponse({"ok": signed}, status=200 if signed else 401)
