from __future__ import annotations

import csv
import io
from datetime import datetime

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from common.clock import utc_now
from common.csv_text import csv_text
from compliance.audit.models import AuditEvent
from compliance.staff.models import Role
from compliance.staff.permission_kinds import changes_something, maker_and_checker, moves_money
from compliance.staff.roles import ROLES
from compliance.staff.selectors.conflicts import conflicts_of
from compliance.staff.selectors.matrix import role_matrix
from tests.roles.conftest import SignedIn
from tests.signin.session import sign_in
from tests.staff import also_has_role, staff_member

pytestmark = pytest.mark.django_db
SEEDS = {seed.code: seed for seed in ROLES}


def test_every_name_of_the_seed_is_declared_by_a_model() -> None:
    rows = Permission.objects.values_list("content_type__app_label", "codename")
    known = {f"{label}.{codename}" for label, codename in rows}
    assert {name for seed in ROLES for name in seed.permissions} - known == set()


def test_the_auditor_has_no_right_that_changes_anything() -> None:
    auditor = SEEDS["auditor"]
    assert [name for name in auditor.permissions if changes_something(name)] == []
    assert auditor.adjustment_max == 0


def test_the_auditor_sees_whatever_anybody_sees() -> None:
    looks = {name for seed in ROLES for name in seed.permissions if name.partition(".")[2].startswith("view_")}
    assert looks - set(SEEDS["auditor"].permissions) == set()


def test_the_administrator_has_no_part_in_money() -> None:
    administrator = SEEDS["administrator"]
    assert [name for name in administrator.permissions if moves_money(name)] == []
    assert administrator.adjustment_max == 0


def test_no_role_alone_is_maker_and_checker_of_money() -> None:
    for seed in ROLES:
        parts = [maker_and_checker(name.partition(".")[2]) for name in seed.permissions if name.startswith("wallet.")]
        makers = {kind for part, kind in filter(None, parts) if part == "maker"}
        checkers = {kind for part, kind in filter(None, parts) if part == "checker"}
        assert makers & checkers == set(), seed.code


def test_two_roles_that_make_and_check_are_told() -> None:
    bob = staff_member("payments")
    assert conflicts_of(staff_id=bob.pk, now=_now()) == []
    also_has_role(bob, "finance")
    found = {conflict.why for conflict in conflicts_of(staff_id=bob.pk, now=_now())}
    assert "declared not to go together" in found
    assert "proposes and approves: adjustment" in found
    assert "proposes and approves: reversal" in found


def test_the_matrix_shows_every_right_of_every_role() -> None:
    shown = {(row.permission, code) for _group, rows in role_matrix().groups for row in rows for code in row.roles}
    assert shown == {(name, seed.code) for seed in ROLES for name in seed.permissions}


def test_the_matrix_and_its_holders_are_exported_with_a_record(signed_in: SignedIn) -> None:
    client = signed_in("auditor")
    page = client.get("/admin/staff/role/matrix/").content.decode()
    assert "Personal data" in page
    assert "auditor-" in page
    for path, first in (("export", "Group"), ("holders", "User name")):
        assert client.get(f"/admin/staff/role/matrix/{path}/").status_code == 405
        answer = client.post(f"/admin/staff/role/matrix/{path}/")
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert rows[0][0] == first
        assert len({len(row) for row in rows}) == 1
    matrix = {row[2]: row for row in csv.reader(io.StringIO(_exported(client)))}
    assert matrix["wallet.approve_adjustment"].count("x") == 2
    assert AuditEvent.objects.filter(name="staff:matrix:exported").count() == 3


def _exported(client: Client) -> str:
    return client.post("/admin/staff/role/matrix/export/").content.decode("utf-8-sig")


def test_a_name_in_the_export_starts_no_formula() -> None:
    mallory = staff_member("auditor", username="mallory")
    mallory.first_name = '=HYPERLINK("http://evil.example")'
    mallory.save(update_fields=["first_name"])
    text = sign_in(Client(), mallory).post("/admin/staff/role/matrix/holders/").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert any(cell.startswith("'=HYPERLINK") for row in rows for cell in row)
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert csv_text(["a"], [["\ttab"], ["ok"]]) == "\ufeffa\r\n'\ttab\r\nok\r\n"


def test_roles_stand_as_thirteen_in_the_database() -> None:
    assert Role.objects.count() == 13


def _now() -> datetime:
    return utc_now()
