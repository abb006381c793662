"""Own recovery codes: how many are left; new ones, shown once."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from common.clock import utc_now
from compliance.signin.services.recovery_codes import recovery_codes_issue, recovery_codes_left
from compliance.signin.step_up import step_up_demand

PAGE = "mfa/recovery_codes/index.html"


@require_http_methods(["GET", "POST"])
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """GET tells, POST makes new ones and shows them this once (SEC-11)."""
    user: Any = request.user
    codes: tuple[str, ...] = ()
    if request.method == "POST":
        step_up_demand(request)
        codes = recovery_codes_issue(staff_id=user.pk, actor=f"staff:{user.pk}", now=utc_now())
    context = {"title": "Recovery codes", "codes": codes, "left": recovery_codes_left(staff_id=user.pk)}
    return TemplateResponse(request, PAGE, context)
