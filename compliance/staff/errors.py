"""Why something about people and roles is refused, in words for the screen."""

from __future__ import annotations

from common.errors import Refusal


class PersonUnknown(Refusal):
    code = "person_unknown"
    message = "Nobody has this user name."


class UserNameTaken(Refusal):
    code = "user_name_taken"
    message = "Somebody has this user name already: names of people who left are kept, too."


class PersonnelNumberMissing(Refusal):
    code = "personnel_number_missing"
    message = "Give the personnel number: by it two accounts of one person are one person to the four-eyes rule."


class PasswordTooWeak(Refusal):
    code = "password_too_weak"
    message = "The password is too weak: at least 12 characters, and none of the common ones."


class PersonSwitchedOff(Refusal):
    code = "person_switched_off"
    message = "This person is switched off: switch them on before granting a role."


class PersonSwitchedOn(Refusal):
    code = "person_switched_on"
    message = "This person is active already."


class NotOneself(Refusal):
    code = "not_oneself"
    message = "Nobody switches themselves on or off, or changes their own roles: ask a colleague."


class LastAdministrator(Refusal):
    code = "last_administrator"
    message = "This is the last administrator: appoint another one first."


class AdministratorStands(Refusal):
    code = "administrator_stands"
    message = "There is an administrator already: new people are added in the back office."


class RoleUnknown(Refusal):
    code = "role_unknown"
    message = "There is no role of this code."


class RoleHeldAlready(Refusal):
    code = "role_held_already"
    message = "The person holds this role with the same reach already: revoke that grant first."


class GrantEndsInThePast(Refusal):
    code = "grant_ends_in_the_past"
    message = "The grant would end before it begins: choose a later end."


class GrantRevokedAlready(Refusal):
    code = "grant_revoked_already"
    message = "This grant is revoked already."


class ReachUnknown(Refusal):
    code = "reach_unknown"
    message = "There is no such brand, or no brand plays under this jurisdiction."


class PermissionUnknown(Refusal):
    code = "permission_unknown"
    message = "There is no such permission."


class NetworkNotUnderstood(Refusal):
    code = "network_not_understood"
    message = "Write one network a line, such as 192.0.2.0/24."


class RoleUnchanged(Refusal):
    code = "role_unchanged"
    message = "The role is like that already."


class AuditorsChangeNothing(Refusal):
    code = "auditors_change_nothing"
    message = "The auditor's role may see and export, never change: leave out what changes something."


class AdministratorsMoveNoMoney(Refusal):
    code = "administrators_move_no_money"
    message = "The administrator's role manages people and roles, and moves no money: leave out what does."
