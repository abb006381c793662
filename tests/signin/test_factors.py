from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.db import DatabaseError, connection, transaction
from django.test import Client

from common.clock import utc_now
from common.field_secrets import secret_open
from compliance.signin.errors import OwnFactorReset
from compliance.signin.models import RecoveryCode
from compliance.signin.services.factors import factor_reset
from compliance.signin.services.recovery_codes import recovery_code_use, recovery_codes_issue, recovery_codes_left
from compliance.staff.models import StaffUser
from tests.signin.people import MORNING, SECRET, enrolled, give_password, is_inside, told, walk_in
from tests.staff import staff_member


def test_a_colleagues_factor_is_reset_and_everything_it_opened_with_it(carol: StaffUser) -> None:
    bob = enrolled(staff_member("support", username="bob"))
    recovery_codes_issue(staff_id=bob.pk, actor=f"staff:{bob.pk}", now=utc_now())
    client = Client()
    walk_in(client, bob)
    reference = factor_reset(
        staff_id=bob.pk, actor=f"staff:{carol.pk}", reason="phone lost", now=utc_now(), approval="approvals:5"
    )
    assert not is_inside(client)
    assert not UserSession.objects.filter(user=bob).exists()
    assert recovery_codes_left(staff_id=bob.pk) == 0
    (event,) = told("staff:factor:reset")
    assert reference == f"audit:{event.pk}"
    assert (event.actor, event.subject, event.reason, event.approval) == (
        f"staff:{carol.pk}", f"staff.staffuser:{bob.pk}", "phone lost", "approvals:5",
    )  # fmt: skip
    assert event.before == {"factors": ["totp"]}
    anew = Client()
    give_password(anew, bob)
    assert anew.get("/admin/")["Location"] == "/account/second-factor/", "he must enrol before anything else"


def test_nobody_resets_the_own_factor(carol: StaffUser) -> None:
    with pytest.raises(OwnFactorReset):
        factor_reset(staff_id=carol.pk, actor=f"staff:{carol.pk}", reason="x", now=utc_now())
    assert Authenticator.objects.filter(user=carol).exists()


def test_the_last_factor_stays(carol: StaffUser) -> None:
    client = Client()
    walk_in(client, carol)
    page = client.get("/account/second-factor/app/remove/").content.decode()
    assert "your only second factor" in page
    client.post("/account/second-factor/app/remove/")
    assert Authenticator.objects.filter(user=carol).count() == 1
    key = Authenticator.objects.create(user_id=carol.pk, type="webauthn", data={"name": "Key", "credential": {}})
    client.post("/account/second-factor/app/remove/")
    assert list(Authenticator.objects.filter(user=carol)) == [key]
    (event,) = told("staff:factor:removed")
    assert event.after == {"factor": "totp", "name": "authenticator app"}
    client.post(f"/account/second-factor/passkeys/{key.pk}/remove/")
    assert Authenticator.objects.filter(user=carol).count() == 1


def test_nobody_removes_or_renames_a_colleagues_passkey(carol: StaffUser) -> None:
    mallory = enrolled(staff_member("support", username="mallory"))
    key = Authenticator.objects.create(user_id=carol.pk, type="webauthn", data={"name": "Key", "credential": {}})
    client = Client()
    walk_in(client, mallory)
    for step in ("rename", "remove"):
        assert client.get(f"/account/second-factor/passkeys/{key.pk}/{step}/").status_code == 404
        assert client.post(f"/account/second-factor/passkeys/{key.pk}/{step}/", {"name": "Mine"}).status_code == 404
    assert Authenticator.objects.get(pk=key.pk).data["name"] == "Key"


def test_a_name_of_a_passkey_is_only_text(carol: StaffUser) -> None:
    Authenticator.objects.create(
        user_id=carol.pk, type="webauthn", data={"name": "<script>alert(1)</script>", "credential": {}}
    )
    client = Client()
    walk_in(client, carol)
    text = client.get("/account/second-factor/").content.decode()
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_recovery_codes_are_shown_once_and_new_ones_void_the_old(carol: StaffUser) -> None:
    client = Client()
    walk_in(client, carol)
    page = "/account/second-factor/recovery-codes/"
    first = client.post(page).content.decode().split('<code class="code">')[1:]
    old = first[0].partition("<")[0]
    assert old not in client.get(page).content.decode()
    assert "You have 10 unused" in client.get(page).content.decode()
    client.post(page)
    assert not recovery_code_use(staff_id=carol.pk, code=old, now=utc_now())
    assert [event.after for event in told("staff:recovery:issued")] == [{"codes": 10}] * 2


def test_new_recovery_codes_need_a_fresh_proof(carol: StaffUser) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        client = Client()
        walk_in(client, carol)
        clock.shift(timedelta(minutes=6))
        assert client.post("/account/second-factor/recovery-codes/")["Location"].startswith("/account/confirm/code/")
        assert RecoveryCode.objects.count() == 0


def test_a_recovery_code_of_somebody_else_opens_nothing(carol: StaffUser) -> None:
    bob = enrolled(staff_member("support", username="bob"))
    codes = recovery_codes_issue(staff_id=bob.pk, actor=f"staff:{bob.pk}", now=utc_now())
    assert not recovery_code_use(staff_id=carol.pk, code=codes[0], now=utc_now())
    assert recovery_code_use(staff_id=bob.pk, code=codes[0], now=utc_now())


@pytest.mark.parametrize("term", ["used_at = NULL", "digest = 'x'", "used_at = now()"])
def test_the_database_keeps_a_used_recovery_code_used(term: str, carol: StaffUser) -> None:
    codes = recovery_codes_issue(staff_id=carol.pk, actor=f"staff:{carol.pk}", now=utc_now())
    recovery_code_use(staff_id=carol.pk, code=codes[0], now=utc_now())
    with pytest.raises(DatabaseError, match="used once"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE signin_recoverycode SET {term} WHERE used_at IS NOT NULL")


def test_secrets_of_apps_are_encrypted_and_no_screen_shows_them(carol: StaffUser) -> None:
    kept = Authenticator.objects.get().data["secret"]
    assert SECRET not in kept
    assert secret_open(kept.encode()) == SECRET
    shown = {model._meta.label for model in admin.site._registry}
    assert not shown & {"mfa.Authenticator", "account.EmailAddress", "axes.AccessAttempt", "signin.RecoveryCode"}
