"""Tokens: who gets one, what it opens, and when it opens nothing any more."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest
import time_machine
from django.test import Client as Browser
from oauth2_provider.models import AccessToken

from common.clock import utc_now
from compliance.audit.models import AuditEvent
from reporting.access.errors import SecretSlotsTaken
from reporting.access.models import ClientSecret
from reporting.access.services.client_secrets import secret_make, secret_retire
from reporting.access.services.clients import client_revoke
from reporting.access.services.tokens import tokens_clear
from tests.access.cast import TOKEN, form_sent, program_make
from tests.staff import staff_member

pytestmark = pytest.mark.django_db
CAROL = "staff:7"
LIST = "reports"


def test_a_client_gets_a_token_for_minutes_and_nothing_of_it_is_kept_but_a_hash() -> None:
    program = program_make(scopes=("reports:finance", "reports:games"))
    answer = program.asks()
    told = answer.json()
    assert (told["token_type"], told["expires_in"], told["scope"]) == ("Bearer", 600, "reports:finance reports:games")
    row = AccessToken.objects.get()
    assert row.token == ""
    assert row.token_checksum != told["access_token"]
    assert row.application_id == program.row.pk
    hashed = ClientSecret.objects.get().hashed
    assert program.secret not in hashed
    assert hashed.startswith("argon2")
    assert answer["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer


def test_http_basic_works_and_wrong_secrets_do_not() -> None:
    program = program_make()

    def asked(client_id: str, secret: str) -> int:
        basic = base64.b64encode(f"{client_id}:{secret}".encode()).decode()
        answer = form_sent({"grant_type": "client_credentials"}, headers={"Authorization": f"Basic {basic}"})
        return int(answer.status_code)

    assert asked(program.row.client_id, program.secret) == 200
    assert asked(program.row.client_id, program.secret + "x") == 401
    assert asked(program.row.client_id, "") == 401  # the library's own empty field opens nothing
    assert asked("api_nobody", program.secret) == 401
    assert asked("\0", "\0") == 401


def test_a_client_asks_for_less_than_it_has_and_never_for_more() -> None:
    program = program_make(scopes=("reports:finance", "personal-data"))
    assert program.asks("reports:finance").json()["scope"] == "reports:finance"
    refused = program.asks("reports:finance exports")
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_scope")
    narrow = program.get("reports/no-such-report", token=program.token("reports:finance"))
    assert (narrow.status_code, narrow.json()["error"]["code"]) == (404, "report_unknown")


@pytest.mark.parametrize("grant", ["password", "authorization_code", "refresh_token", "implicit"])
def test_no_other_grant_is_given(grant: str) -> None:
    program = program_make()
    form = {
        "grant_type": grant, "client_id": program.row.client_id, "client_secret": program.secret, "username": "a",
        "password": "b", "code": "c", "refresh_token": "d", "redirect_uri": "https://example.org",
    }  # fmt: skip
    answer = form_sent(form)
    assert answer.status_code in {400, 401}
    assert "access_token" not in answer.json()
    assert not AccessToken.objects.exists()


def test_a_revoked_client_is_refused_at_its_next_call() -> None:
    program = program_make()
    token = program.token()
    assert program.get(LIST, token=token).status_code == 200
    client_revoke(client_id=program.row.pk, reason="contract ended", actor=CAROL, now=utc_now())
    refused = program.get(LIST, token=token)
    assert (refused.status_code, refused.json()["error"]["code"]) == (401, "token_not_valid")
    assert refused["WWW-Authenticate"].startswith("Bearer")
    assert program.asks().status_code == 401
    assert AuditEvent.objects.filter(name="access:client:revoked", actor=CAROL).count() == 1


def test_an_expired_client_and_an_expired_token_are_refused() -> None:
    program = program_make(valid_until=utc_now() + timedelta(hours=1))
    token = program.token()
    with time_machine.travel(utc_now() + timedelta(minutes=9)):
        assert program.get(LIST, token=token).status_code == 200
    with time_machine.travel(utc_now() + timedelta(minutes=11)):
        assert program.get(LIST, token=token).status_code == 401
        assert tokens_clear(now=utc_now()) == 1
    with time_machine.travel(utc_now() + timedelta(minutes=59)):
        late = program.token()
    with time_machine.travel(utc_now() + timedelta(minutes=61)):
        assert program.get(LIST, token=late).status_code == 401, "the token outlives its client"
        assert program.asks().status_code == 401


def test_two_secrets_are_active_while_they_are_exchanged() -> None:
    program = program_make()
    old = program.token()
    second = secret_make(client_id=program.row.pk, actor=CAROL, now=utc_now())
    with pytest.raises(SecretSlotsTaken):
        secret_make(client_id=program.row.pk, actor=CAROL, now=utc_now())
    assert program.asks().status_code == 200
    secret_retire(client_id=program.row.pk, slot=1, actor=CAROL, now=utc_now())
    assert program.asks().status_code == 401
    assert program.get(LIST, token=old).status_code == 401, "tokens of a retired secret end with it"
    program.secret = second.secret
    assert program.get(LIST).status_code == 200
    names = list(AuditEvent.objects.filter(name__startswith="access:").order_by("pk").values_list("name", flat=True))
    assert names == ["access:client:made", *["access:secret:made"] * 2, "access:secret:retired"]


def test_a_client_calls_from_its_networks_alone() -> None:
    program = program_make(networks=("192.0.2.0/24",))
    assert program.asks().status_code == 401
    assert program.asks(REMOTE_ADDR="192.0.2.7").status_code == 200
    token = program.token(REMOTE_ADDR="192.0.2.7")
    elsewhere = program.get(LIST, token=token)
    assert (elsewhere.status_code, elsewhere.json()["error"]["code"]) == (403, "address_not_allowed")
    assert program.get(LIST, token=token, REMOTE_ADDR="192.0.2.200").status_code == 200


def test_a_client_is_slowed_down_at_its_own_rate() -> None:
    program, other = program_make(calls_per_minute=2), program_make(name="Other")
    token = program.token()
    assert [program.get(LIST, token=token).status_code for _ in range(2)] == [200, 200]
    slowed = program.get(LIST, token=token)
    assert (slowed.status_code, slowed.json()["error"]["code"]) == (429, "rate_limited")
    assert 1 <= int(slowed["Retry-After"]) <= 60
    assert other.get(LIST).status_code == 200
    program.row.refresh_from_db()
    assert program.row.last_used_at is not None


def test_staff_sessions_open_nothing_here_and_tokens_nothing_of_the_back_office() -> None:
    program = program_make()
    browser = Browser()
    browser.force_login(staff_member("administrator"))
    assert browser.get("/api/backoffice/v1/reports").status_code == 401
    answer = Browser().get("/admin/", headers={"Authorization": f"Bearer {program.token()}"})
    assert answer.status_code == 302
    assert Browser().get("/api/backoffice/v2/reports").json()["error"]["code"] == "not_found"
    posted = form_sent({"grant_type": "x"})
    assert (posted.status_code, posted.json()["error"]) == (400, "unsupported_grant_type")
    assert Browser().post(TOKEN, {"grant_type": "client_credentials"}).status_code == 415
