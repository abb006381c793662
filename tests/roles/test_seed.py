from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command

from compliance.staff.models import Role
from compliance.staff.roles import ROLES
from compliance.staff.services.seed_roles import roles_seed

pytestmark = pytest.mark.django_db
SUPPORT = next(seed for seed in ROLES if seed.code == "support")


def test_thirteen_roles_stand_after_migrate() -> None:
    assert set(Role.objects.values_list("code", flat=True)) == {seed.code for seed in ROLES}
    assert len(ROLES) == 13


def test_seeding_again_changes_nothing() -> None:
    report = roles_seed()
    assert (report.created, report.brought_up_to_date, report.differs, report.unknown) == ((), (), (), ())


def test_a_role_that_nobody_changed_follows_the_seed() -> None:
    report = roles_seed(seeds=(replace(SUPPORT, permissions=("players.view_player",), adjustment_max=7),))
    assert report.brought_up_to_date == ("support",)
    role = Role.objects.get(code="support")
    assert [permission.codename for permission in role.permissions.all()] == ["view_player"]
    assert role.adjustment_max == Decimal(7)


def test_a_role_changed_by_an_operator_is_left_and_told() -> None:
    role = Role.objects.get(code="support")
    role.permissions.add(Permission.objects.get(codename="block_player"))
    role.permissions.remove(Permission.objects.get(codename="reveal_contact"))
    report = roles_seed()
    assert report.differs == (("support", "+players.block_player, -players.reveal_contact"),)
    assert role.permissions.filter(codename="block_player").exists()
    told = io.StringIO()
    call_command("seed_roles", stdout=told)
    assert "left as changed by hand: support: +players.block_player" in told.getvalue()


def test_a_missing_role_is_made_again_with_its_conflicts() -> None:
    finance = Role.objects.get(code="finance")
    assert {role.code for role in finance.conflicts.all()} >= {"payments", "support", "administrator"}


def test_a_name_that_no_model_declares_is_told() -> None:
    report = roles_seed(seeds=(replace(SUPPORT, permissions=("players.fly",)),))
    assert report.unknown == ("players.fly",)
