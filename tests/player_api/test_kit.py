"""The edge: one form of refusals, nothing of staff, bounded in every way."""

from __future__ import annotations

import pytest
from django.test import Client
from redis.exceptions import ConnectionError as NoValkey

from compliance.audit.models import AuditEvent
from players.api.kit import throttle
from players.models import Player
from tests.accounts.cast import ROOT, Caller, body
from tests.signin.session import signed_in_client
from tests.staff import staff_member

pytestmark = pytest.mark.django_db


def test_every_refusal_has_one_form_and_the_number_of_its_request(aurora: object) -> None:
    caller = Caller()
    seen = [
        (caller.get("nowhere"), 404, "not_found"),
        (caller.post("ping"), 405, "method_not_allowed"),
        (caller.get("account"), 401, "not_signed_in"),
        (caller.call("POST", "sign-in", b"{not json"), 400, "invalid_request"),
        (caller.call("POST", "sign-in", b'{"brand": "a", "brand": "b"}'), 400, "invalid_request"),
        (caller.call("POST", "sign-in", b"[" * 1000), 400, "invalid_request"),
        (caller.call("POST", "sign-in", b"\xff\xfe"), 400, "invalid_request"),
        (caller.call("POST", "sign-in", b" " * 70_000 + b"{}"), 413, "body_too_large"),
        (caller.post("sign-in", {"brand": "aurora"}), 400, "invalid_request"),
    ]
    for answer, status, code in seen:
        error = answer.json()["error"]
        assert (answer.status_code, error["code"]) == (status, code)
        assert set(error) == {"code", "message", "detail", "request_id"}
        assert error["request_id"] == answer["X-Request-ID"] != ""
        assert answer["Content-Type"] == "application/json"
        assert answer["Cache-Control"] == "no-store"


def test_a_form_is_refused_with_every_field_that_is_wrong(aurora: object) -> None:
    error = Caller().post("register", body(birth_date="1990-02-30", email="", accepted="yes")).json()["error"]
    assert set(error["detail"]["fields"]) == {"birth_date", "email", "accepted"}
    assert not Player.objects.exists()


def test_other_bodies_than_json_are_refused(aurora: object) -> None:
    answer = Client().post(f"{ROOT}/sign-in", {"brand": "aurora"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (415, "unsupported_media_type")


def test_a_staff_session_is_nobody_to_the_player_api(aurora: object) -> None:
    staff = signed_in_client(staff_member())
    answer = staff.get(f"{ROOT}/account")
    assert answer.status_code == 401
    assert not answer.cookies
    staff.post(f"{ROOT}/register", data=body(), content_type="application/json")
    event = AuditEvent.objects.get(name="players:player:registered")
    assert (event.actor, event.roles) == (f"player:{Player.objects.get().pk}", [])


def test_a_players_token_opens_nothing_of_staff(alice: Caller) -> None:
    for page in ("/admin/", "/admin/players/player/", "/account/2fa/"):
        answer = alice.client.get(page, headers={"Authorization": f"Bearer {alice.token}"})
        assert answer.status_code in {302, 404}
        assert "login" in answer.headers.get("Location", "login")


def test_nothing_of_staff_stands_in_a_players_way(alice: Caller) -> None:
    answer = alice.get("account")
    assert answer.status_code == 200
    assert not answer.cookies
    assert "Vary" not in answer.headers or "Cookie" not in answer["Vary"]


def test_the_trail_tells_who_called_from_where_by_which_sign_in(alice: Caller) -> None:
    Caller().post("sign-in", {"brand": "aurora", "email": "x@mail.example", "password": "y"})
    given = {"answers": [{"product": "casino", "channel": "sms", "granted": True}], "text_version": "1"}
    assert alice.post("consents", given, **{"X-Request-ID": "from-the-front-end"}).status_code == 204
    event = AuditEvent.objects.get(name="players:consent:set")
    assert event.actor == f"player:{Player.objects.get().pk}"
    assert (event.request_id, event.ip, len(event.session)) == ("from-the-front-end", "127.0.0.1", 20)


@pytest.mark.parametrize("token", ["", "x", "x" * 5000, "☃", "Bearer", "' OR 1=1 --"])
def test_made_up_tokens_open_nothing(aurora: object, token: str) -> None:
    answer = Client().get(f"{ROOT}/account", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"


def test_attempts_are_limited_by_address_and_by_name(aurora: object) -> None:
    statuses = [Caller().sign_in(email=f"{n}@mail.example").status_code for n in range(61)]
    assert statuses == [401] * 60 + [429]
    refused = Caller().sign_in()
    assert refused.json()["error"]["code"] == "rate_limited"
    assert 1 <= int(refused["Retry-After"]) <= 60


def test_an_account_is_limited_whatever_its_address(alice: Caller, settings: pytest.FixtureRequest) -> None:
    settings.TRUSTED_PROXIES = ["127.0.0.0/8"]  # type: ignore[attr-defined]
    answers = [alice.get("account", **{"X-Forwarded-For": f"203.0.{n // 200}.{n % 200}"}) for n in range(241)]
    assert [answer.status_code for answer in answers].count(200) == 240
    assert answers[-1].status_code == 429


def test_without_valkey_calls_go_on_and_attempts_wait(alice: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    class Nobody:
        def hit(self, *_parts: object) -> bool:
            raise NoValkey

    monkeypatch.setattr(throttle, "_limiter", lambda _url: Nobody())
    assert alice.get("account").status_code == 200
    refused = Caller().sign_in()
    assert (refused.status_code, refused.json()["error"]["code"]) == (503, "temporarily_unavailable")
    assert refused["Retry-After"]
