from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client

from common.clock import utc_now
from compliance.approvals.models import Approval
from compliance.approvals.services.decisions import approval_approve
from compliance.audit.models import AuditEvent
from compliance.staff.errors import (
    AdministratorsMoveNoMoney,
    AdministratorStands,
    AuditorsChangeNothing,
    GrantEndsInThePast,
    GrantRevokedAlready,
    LastAdministrator,
    NotOneself,
    PasswordTooWeak,
    PersonSwitchedOff,
    ReachUnknown,
    RoleHeldAlready,
)
from compliance.staff.models import Role, RoleGrant, StaffUser
from compliance.staff.services.people import staff_add, staff_deactivate, staff_first
from compliance.staff.services.role_changes import RoleTerms, role_permissions_change, role_terms
from compliance.staff.services.role_grants import role_grant, role_revoke
from tests.signin.session import sign_in
from tests.staff import PASSWORD, also_has_role, staff_member

pytestmark = pytest.mark.django_db


def test_the_first_administrator_is_made_while_there_is_none() -> None:
    now = utc_now()
    made = staff_first(username="root", personnel_number="P-1", password=PASSWORD, now=now)
    assert made.has_perm("staff.add_staffuser")
    assert not made.is_superuser
    with pytest.raises(AdministratorStands):
        staff_first(username="second", personnel_number="P-2", password=PASSWORD, now=now)
    assert not StaffUser.objects.filter(username="second").exists()


def test_the_command_says_why_it_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    call_command("staff_first", "root", stdout=io.StringIO())
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    with pytest.raises(CommandError, match="There is an administrator already"):
        call_command("staff_first", "mallory")


def test_nobody_becomes_a_superuser() -> None:
    with pytest.raises(ValueError, match="There is no superuser"):
        StaffUser.objects.create_superuser("root", "", PASSWORD)
    with pytest.raises(IntegrityError, match="nobody_is_superuser"), transaction.atomic():
        StaffUser.objects.create_user("root", "", PASSWORD, is_superuser=True)


def test_a_weak_first_password_is_refused() -> None:
    with pytest.raises(PasswordTooWeak):
        staff_add(
            username="bob", first_name="", last_name="", email="", personnel_number="P-9", password="short",
            actor="staff:1", reason="joins", now=utc_now(),
        )  # fmt: skip


def test_somebody_switched_off_is_out_at_the_next_request() -> None:
    bob = staff_member("support")
    client = sign_in(Client(), bob)
    assert client.get("/admin/players/player/").status_code == 200
    staff_deactivate(staff_id=bob.pk, actor="staff:0", reason="left", now=utc_now())
    assert client.get("/admin/players/player/").status_code == 302
    assert not StaffUser.objects.get(pk=bob.pk).has_perm("players.view_player")
    with pytest.raises(PersonSwitchedOff):
        role_grant(staff_id=bob.pk, role_code="kyc", actor="staff:0", reason="x", now=utc_now())
    with pytest.raises(NotOneself):
        staff_deactivate(staff_id=bob.pk, actor=f"staff:{bob.pk}", reason="x", now=utc_now())


def test_the_last_administrator_stays() -> None:
    root = staff_member("administrator")
    with pytest.raises(LastAdministrator):
        staff_deactivate(staff_id=root.pk, actor="staff:0", reason="left", now=utc_now())
    with pytest.raises(LastAdministrator):
        role_revoke(grant_id=RoleGrant.objects.get(staff=root).pk, actor="staff:0", reason="x", now=utc_now())
    assert StaffUser.objects.get(pk=root.pk).has_perm("staff.add_staffuser")


def test_grants_are_refused_with_a_reason() -> None:
    bob, now = staff_member("support"), utc_now()
    for wrong, refusal in (
        ({"role_code": "support"}, RoleHeldAlready),
        ({"role_code": "kyc", "valid_until": now - timedelta(days=1)}, GrantEndsInThePast),
        ({"role_code": "kyc", "brands": [999_999]}, ReachUnknown),
        ({"role_code": "kyc", "jurisdictions": ["ZZ"]}, ReachUnknown),
    ):
        with pytest.raises(refusal):
            role_grant(staff_id=bob.pk, actor="staff:0", reason="x", now=now, **wrong)
    extra = also_has_role(bob, "kyc")
    role_revoke(grant_id=extra.pk, actor="staff:0", reason="x", now=utc_now())
    with pytest.raises(GrantRevokedAlready):
        role_revoke(grant_id=extra.pk, actor="staff:0", reason="x", now=utc_now())
    assert AuditEvent.objects.filter(name="staff:role:revoked").count() == 1


def test_a_role_is_granted_by_two_people_who_see_the_conflicts() -> None:
    anna, boris, bob = staff_member("administrator"), staff_member("administrator"), staff_member("payments")
    client = sign_in(Client(), anna)
    page = f"/admin/staff/staffuser/{bob.pk}/grant/"
    form = {"role": "finance", "reason": "stands in for Fay", "ticket": "HR-7", "until": "2099-12-31"}
    shown = client.post(page, form)
    assert "proposes and approves: adjustment" in shown.content.decode()
    seen = shown.context["preview"].seen
    assert client.post(page, form | {"seen": seen}).status_code == 302
    approval = Approval.objects.get(kind="role_grant")
    assert not StaffUser.objects.get(pk=bob.pk).has_perm("wallet.approve_adjustment")
    approval_approve(approval_id=approval.pk, reason="agreed", actor=f"staff:{boris.pk}", now=utc_now())
    grant = RoleGrant.objects.get(staff=bob, role__code="finance")
    assert (grant.granted_by, grant.approval) == (f"staff:{anna.pk}", f"approval:{approval.pk}")
    assert grant.valid_until is not None
    assert StaffUser.objects.get(pk=bob.pk).has_perm("wallet.approve_adjustment")
    revoke = f"/admin/staff/rolegrant/{grant.pk}/revoke/"
    seen = client.post(revoke, {"reason": "Fay is back"}).context["preview"].seen
    assert client.post(revoke, {"reason": "Fay is back", "seen": seen}).status_code == 302
    second = Approval.objects.get(kind="role_revoke")
    approval_approve(approval_id=second.pk, reason="agreed", actor=f"staff:{boris.pk}", now=utc_now())
    assert not StaffUser.objects.get(pk=bob.pk).has_perm("wallet.approve_adjustment")


def test_a_role_is_changed_by_two_people() -> None:
    anna, boris, carol = staff_member("administrator"), staff_member("administrator"), staff_member("support")
    role = Role.objects.get(code="support")
    page = f"/admin/staff/role/{role.pk}/propose/"
    client = sign_in(Client(), anna)
    form = client.get(page).context["form"]
    sent: dict[str, Any] = {name: field.initial for name, field in form.fields.items() if name != "seen"}
    sent = {name: [] if value == [] else value or "" for name, value in sent.items()}
    sent |= {"reason": "support blocks at night", "ticket": "", "adjustment_max": "25", "allowed_networks": ""}
    players = next(name for name, field in form.fields.items() if field.label == "Players")
    sent[players] = [*form.fields[players].initial, "players.block_player"]
    tried = client.post(page, sent)
    assert not tried.context["form"].errors
    seen = tried.context["preview"].seen
    assert client.post(page, sent | {"seen": seen}).status_code == 302
    assert not StaffUser.objects.get(pk=carol.pk).has_perm("players.block_player")
    approval = Approval.objects.get(kind="role_change")
    approval_approve(approval_id=approval.pk, reason="agreed", actor=f"staff:{boris.pk}", now=utc_now())
    assert StaffUser.objects.get(pk=carol.pk).has_perm("players.block_player")
    told = AuditEvent.objects.get(name="staff:role:changed")
    assert told.after is not None
    assert told.after["permissions"] == ["players.block_player"]


def test_auditor_and_administrator_keep_their_promises_whoever_changes_them() -> None:
    for code, name, refusal in (
        ("auditor", "players.block_player", AuditorsChangeNothing),
        ("auditor", "players.reveal_contact", AuditorsChangeNothing),
        ("administrator", "wallet.propose_adjustment_credit", AdministratorsMoveNoMoney),
        ("administrator", "wallet.approve_reversal", AdministratorsMoveNoMoney),
    ):
        standing = role_terms(Role.objects.get(code=code))
        terms = RoleTerms(
            permissions=(*standing.permissions, name), adjustment_max=standing.adjustment_max,
            allowed_networks=standing.allowed_networks, conflicts=standing.conflicts,
        )  # fmt: skip
        with pytest.raises(refusal):
            role_permissions_change(role_code=code, terms=terms, actor="staff:1", reason="x", now=utc_now())
