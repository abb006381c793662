from __future__ import annotations

import pytest

from compliance.staff.models import Role
from compliance.staff.roles import ROLES

pytestmark = pytest.mark.django_db


def test_thirteen_roles_stand_after_migrate() -> None:
    assert set(Role.objects.values_list("code", flat=True)) == {seed.code for seed in ROLES}
    assert len(ROLES) == 13
