"""Why something about people and roles is refused, in words for the screen."""

from __future__ import annotations

from common.errors import Refusal


class PersonSwitchedOff(Refusal):
    code = "person_switched_off"
    message = "This person is switched off: switch them on before granting a role."


class RoleHeldAlready(Refusal):
    code = "role_held_already"
    message = "The person holds this role with the same reach already: revoke that grant first."


class GrantEndsInThePast(Refusal):
    code = "grant_ends_in_the_past"
    message = "The grant would end before it begins: choose a later end."


class GrantRevokedAlready(Refusal):
    code = "grant_revoked_already"
    message = "This grant is revoked already."
