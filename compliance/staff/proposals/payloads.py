"""Reading the payloads of proposals about people and roles."""

from __future__ import annotations

from compliance.approvals.types import Payload
from compliance.staff.errors import RoleUnknown
from compliance.staff.models import Role


def payload_role(payload: Payload) -> Role:
    """The role that a payload names. Raises RoleUnknown."""
    role = Role.objects.filter(code=str(payload["role"])).first()
    if role is None:
        raise RoleUnknown
    return role


def payload_list(payload: Payload, name: str) -> list[str]:
    """A list of words in a payload."""
    value = payload[name]
    assert isinstance(value, list)
    return [str(item) for item in value]
