"""People of the back office for tests: each with a role, as in production, never with every right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count

from common.clock import utc_now
from compliance.staff.models import RoleGrant, StaffUser
from compliance.staff.services.role_grants import role_grant
from players.models import Brand

PASSWORD = "a long enough password 1"
_numbers = count(1)


def staff_member(
    role: str = "administrator",
    *,
    username: str = "",
    brands: Sequence[Brand | int] = (),
    jurisdictions: Sequence[str] = (),
    valid_until: datetime | None = None,
    personnel_number: str = "",
    since: datetime | None = None,
) -> StaffUser:
    """A new person with one role; empty `brands` and `jurisdictions` reach everywhere. Password: `PASSWORD`.

    Two accounts with one `personnel_number` are one person; without it everybody is somebody else.
    """
    number = next(_numbers)
    name = username or f"{role}-{number}"
    person = StaffUser.objects.create_user(
        name, f"{name}@example.org", PASSWORD, is_staff=True, personnel_number=personnel_number or f"P-{number:04}"
    )
    also_has_role(person, role, brands=brands, jurisdictions=jurisdictions, valid_until=valid_until, since=since)
    return person


def also_has_role(
    person: StaffUser,
    role: str,
    *,
    brands: Sequence[Brand | int] = (),
    jurisdictions: Sequence[str] = (),
    valid_until: datetime | None = None,
    since: datetime | None = None,
) -> RoleGrant:
    """One more role for somebody."""
    return role_grant(
        staff_id=person.pk,
        role_code=role,
        actor="system:tests",
        reason="for a test",
        now=since or utc_now() - timedelta(minutes=5),
        brands=[brand.pk if isinstance(brand, Brand) else brand for brand in brands],
        jurisdictions=jurisdictions,
        valid_until=valid_until,
    )


def somebody_without_a_role() -> StaffUser:
    """Signs in and sees nothing."""
    name = f"nobody-{next(_numbers)}"
    return StaffUser.objects.create_user(name, f"{name}@example.org", PASSWORD, is_staff=True)
