from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from common.http.security_headers import BACK_OFFICE, STRICT
from compliance.staff.models import StaffUser
from tests.signin.people import walk_in

STRICT_PAGES = ("/", "/api/schema/", "/nothing/here", "/static/nothing.js", "/api/wallet/v2/ping")


@pytest.mark.parametrize("page", STRICT_PAGES)
def test_pages_that_are_not_of_the_back_office_get_the_strict_policy(page: str) -> None:
    answer = Client().get(page)
    policy = answer["Content-Security-Policy"]
    assert policy == STRICT
    assert "unsafe" not in policy


def test_the_back_office_may_evaluate_but_runs_no_inline_script(carol: StaffUser) -> None:
    client = Client()
    assert client.get("/account/sign-in/")["Content-Security-Policy"] == BACK_OFFICE
    walk_in(client, carol)
    answer = client.get("/admin/")
    assert answer["Content-Security-Policy"] == BACK_OFFICE
    scripts = re.search(r"script-src ([^;]*)", BACK_OFFICE)
    assert scripts is not None
    assert scripts[1] == "'self' 'unsafe-eval'"


@pytest.mark.parametrize("policy", [STRICT, BACK_OFFICE])
def test_no_page_is_framed_rebased_or_posts_elsewhere(policy: str) -> None:
    for part in ("frame-ancestors 'none'", "form-action 'self'", "object-src 'none'", "base-uri 'none'"):
        assert part in policy


def test_every_answer_says_what_a_browser_may(carol: StaffUser) -> None:
    for page in ("/account/sign-in/", "/api/schema/", "/nothing/here"):
        answer = Client().get(page)
        assert answer["Referrer-Policy"] == "same-origin"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "camera=()" in answer["Permissions-Policy"]
        assert answer["X-Frame-Options"] == "DENY"
        assert "Strict-Transport-Security" not in answer


def test_where_https_is_asked_plain_http_is_refused_and_browsers_remember(settings: Settings) -> None:
    settings.REQUIRE_HTTPS = True
    plain = Client().get("/account/sign-in/")
    assert plain.status_code == 403
    assert "HTTPS" in plain.content.decode()
    assert "max-age=31536000" in Client().get("/account/sign-in/", secure=True)["Strict-Transport-Security"]
    settings.TRUSTED_PROXIES = ["127.0.0.1/32"]
    behind = Client().get("/account/sign-in/", headers={"X-Forwarded-Proto": "https"})
    assert behind.status_code == 200
    assert behind.wsgi_request.is_secure()
    spoofed = Client(REMOTE_ADDR="198.51.100.1").get("/account/sign-in/", headers={"X-Forwarded-Proto": "https"})
    assert spoofed.status_code == 403


def test_the_providers_lane_is_untouched() -> None:
    answer = Client().get("/api/wallet/v1/ping")
    assert answer.status_code == 200
