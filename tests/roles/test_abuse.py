"""Mallory works here and tries the addresses, the parameters and the forms."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from compliance.approvals.models import Approval
from compliance.audit.models import AuditEvent
from compliance.staff.models import RoleGrant, StaffUser
from players.models import Brand, Player
from players.personal.models import Reveal
from tests.roles.conftest import SignedIn
from tests.roles.furnished import Furnished
from tests.signin.session import sign_in
from tests.staff import PASSWORD, staff_member

pytestmark = pytest.mark.django_db
SCRIPT = '<script>alert("x")</script>'


@pytest.mark.parametrize(
    "question",
    [
        "?player__personal__email__startswith=a", "?player__brand__name__contains=P", "?staff__password__startswith=a",
        "?email__startswith=a", "?password__startswith=argon", "?player__nickname__gte=A", "?is_superuser__exact=0",
        "?key__wrapped__isnull=0", "?grants__role__code=administrator",
    ],
)  # fmt: skip
def test_filters_over_other_peoples_data_are_refused(question: str, house: Furnished, signed_in: SignedIn) -> None:
    client = signed_in("auditor")
    for path in ("play/round", "staff/staffuser", "personal/reveal", "players/player", "staff/rolegrant"):
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(f"/admin/{path}/{question}")
        assert answer.status_code in {302, 400}, path
        lookup = question[1:].partition("=")[0].split("__")[-2]
        asked = [query["sql"] for query in queries if "WHERE" in query["sql"] and f'"{lookup}"' in query["sql"]]
        assert not [sql for sql in asked if "LIKE" in sql], path


@pytest.mark.parametrize("order", ["1", "-5.2", "password", "email", "0.0.0"])
def test_ordering_parameters_sort_by_nothing_of_theirs(order: str, house: Furnished, signed_in: SignedIn) -> None:
    client = signed_in("auditor")
    for path in ("staff/staffuser", "players/player", "play/round"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/admin/{path}/", {"o": order}).status_code in {200, 302}
        assert not [query for query in queries if 'ORDER BY "staff_staffuser"."password"' in query["sql"]]
        assert not [query for query in queries if 'ORDER BY "staff_staffuser"."email"' in query["sql"]]


def test_no_form_makes_a_superuser_or_moves_somebody(house: Furnished, signed_in: SignedIn) -> None:
    client = signed_in("administrator")
    form = {
        "username": "mallory", "first_name": "M", "last_name": "", "email": "m@example.org",
        "personnel_number": "P-666", "first_password": PASSWORD, "reason": "joins",
        "is_superuser": "on", "is_staff": "", "is_active": "", "groups": "1", "user_permissions": "1", "password": "x",
        "grants": "1", "role": "administrator",
    }  # fmt: skip
    assert client.post("/admin/staff/staffuser/add/", form).status_code == 302
    made = StaffUser.objects.get(username="mallory")
    assert (made.is_superuser, made.is_staff, made.is_active) == (False, True, True)
    assert not made.has_usable_password(), "the colleague chooses it, by invitation"
    assert not RoleGrant.objects.filter(staff=made).exists()
    edit = {"first_name": "Mal", "last_name": "Lory", "email": "m@example.org", "username": "root",
            "is_superuser": "on", "password": "x", "personnel_number": "P-1"}  # fmt: skip
    assert client.post(f"/admin/staff/staffuser/{made.pk}/change/", edit).status_code == 302
    made.refresh_from_db()
    assert (made.username, made.first_name, made.is_superuser, made.personnel_number) == (
        "mallory", "Mal", False, "P-666"
    )  # fmt: skip
    assert not made.has_usable_password()


def test_a_limited_administrator_moves_no_brand_out_of_reach(house: Furnished, signed_in: SignedIn) -> None:
    client = signed_in("administrator", brands=[house.mt.brand])
    form = {"name": "Aurora", "jurisdiction": "SE", "code": "stolen", "enabled": "on"}
    assert client.post(f"/admin/players/brand/{house.mt.brand.pk}/change/", form).status_code == 302
    brand = Brand.objects.get(pk=house.mt.brand.pk)
    assert (brand.name, brand.jurisdiction, brand.code) == ("Aurora", "MT", "aurora")
    assert client.post(f"/admin/players/brand/{house.se.brand.pk}/change/", form).status_code == 404
    assert client.get("/admin/players/brand/add/").status_code == 403


def test_nobody_grants_themselves_a_role(house: Furnished) -> None:
    mallory = staff_member("administrator", username="mallory")
    client = sign_in(Client(), mallory)
    form = {"role": "finance", "reason": "I want it", "ticket": "", "seen": ""}
    answer = client.post(f"/admin/staff/staffuser/{mallory.pk}/grant/", form)
    assert answer.status_code == 422
    assert "Nobody switches themselves on or off, or changes their own roles" in answer.content.decode()
    assert client.post(f"/admin/staff/staffuser/{mallory.pk}/switch-off/", {"reason": "bye"}).status_code == 422
    assert not Approval.objects.filter(kind="role_grant").exists()


def test_a_change_of_role_by_get_or_without_token_is_refused(house: Furnished) -> None:
    administrator = staff_member("administrator")
    strict = sign_in(Client(enforce_csrf_checks=True), administrator)
    page = f"/admin/staff/staffuser/{house.maker.pk}/switch-off/"
    assert strict.get(page).status_code == 200
    assert strict.post(page, {"reason": "x"}).status_code == 403
    assert StaffUser.objects.get(pk=house.maker.pk).is_active
    assert strict.post("/admin/staff/role/matrix/export/").status_code == 403


def test_a_script_in_a_players_or_colleagues_name_is_only_text(house: Furnished, signed_in: SignedIn) -> None:
    Player.objects.filter(pk=house.mt.player.pk).update(nickname=SCRIPT)
    StaffUser.objects.filter(pk=house.maker.pk).update(first_name=SCRIPT)
    client = signed_in("auditor")
    for path in (
        f"players/player/{house.mt.player.pk}/change", "personal/reveal", "personal/reveal/report",
        f"staff/staffuser/{house.maker.pk}/change", "staff/role/matrix", "staff/staffuser",
        f"personal/reveal/{house.mt.reveal.pk}/change",
    ):  # fmt: skip
        text = client.get(f"/admin/{path}/").content.decode()
        assert SCRIPT not in text, path
    support = signed_in("support")
    page = f"/admin/players/player/{house.mt.player.pk}/contact/"
    assert SCRIPT not in support.get(page).content.decode()
    shown = support.post(page, {"purpose": "dispute", "note": SCRIPT})
    assert shown.status_code == 200
    assert SCRIPT not in shown.content.decode()


def test_a_reveal_is_never_made_by_get(house: Furnished, signed_in: SignedIn) -> None:
    before = Reveal.objects.count()
    client = signed_in("support")
    page = f"/admin/players/player/{house.mt.player.pk}/contact/"
    text = client.get(page, {"purpose": "dispute", "note": "please show"}).content.decode()
    assert "alice@example.org" not in text
    assert Reveal.objects.count() == before
    assert not AuditEvent.objects.filter(name="players:personal:revealed", actor__endswith=":0").exists()
