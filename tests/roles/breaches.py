"""Raw SQL that breaks each promise about people, roles and personal data, by the name that must refuse it."""

from __future__ import annotations

from compliance.staff.models import StaffUser
from compliance.staff.services.role_grants import role_revoke
from players.personal.enums import RevealGroup, RevealPurpose
from players.personal.services.personal_data import personal_data_reveal, personal_data_set
from players.personal.types import PersonalDetails
from tests.factories import NOON
from tests.staff import also_has_role, staff_member

_GRANT = (
    "INSERT INTO staff_rolegrant (staff_id, role_id, brands, jurisdictions, granted_at, granted_by, reason, approval,"
    " valid_until, revoked_at, revoked_by, revoke_reason) SELECT staff_id, role_id, brands, jurisdictions, now(), '',"
    " '', '', {until}, {revoked}, '{by}', '' FROM staff_rolegrant LIMIT 1"
)
_REVEAL = (
    'INSERT INTO personal_reveal (staff_id, player_id, "group", purpose, note, revealed_at)'
    " SELECT staff_id, player_id, '{group}', '{purpose}', '{note}', now() FROM personal_reveal LIMIT 1"
)

BY_ANYBODY: dict[str, list[str]] = {
    "nobody_is_superuser": ["UPDATE staff_staffuser SET is_superuser = true"],
    "user_name_once_whatever_its_case": [
        "INSERT INTO staff_staffuser (password, is_superuser, username, first_name, last_name, email, is_staff,"
        " is_active, date_joined, personnel_number)"
        " SELECT '', false, upper(username), '', '', '', true, true, now(), ''"
        " FROM staff_staffuser WHERE username = 'dora-of-the-story'"
    ],
    "role_adjustment_max_not_negative": ["UPDATE staff_role SET adjustment_max = -1"],
    "grant_ends_after_it_begins": [
        _GRANT.format(until="now()", revoked="NULL", by=""),
        _GRANT.format(until="now() - interval '1 day'", revoked="NULL", by=""),
    ],
    "grant_revoked_by_somebody": [
        _GRANT.format(until="NULL", revoked="now()", by=""),
        _GRANT.format(until="NULL", revoked="NULL", by="staff:1"),
    ],
    "reveal_group_known": [_REVEAL.format(group="all", purpose="dispute", note="x")],
    "reveal_purpose_known": [_REVEAL.format(group="contact", purpose="curiosity", note="x")],
    "reveal_purpose_told": [_REVEAL.format(group="contact", purpose="dispute", note="")],
}
BY_OWNER: dict[str, list[str]] = {
    "staff_are_switched_off_not_deleted": ["DELETE FROM staff_staffuser"],
    "roles_are_kept_for_ever": ["DELETE FROM staff_role"],
    "grants_are_kept_for_ever": ["DELETE FROM staff_rolegrant"],
    "grant_keeps_its_content": [
        "UPDATE staff_rolegrant SET valid_until = now() + interval '9 years'",
        "UPDATE staff_rolegrant SET brands = '{1}' WHERE revoked_at IS NULL",
        "UPDATE staff_rolegrant SET role_id = (SELECT id FROM staff_role WHERE code = 'administrator')",
    ],
    "personal_data_is_erased_by_key_alone": ["DELETE FROM personal_personaldata"],
    "personal_key_is_destroyed_never_changed": ["UPDATE personal_personalkey SET wrapped = ''"],
    "reveals_are_never_edited": ["UPDATE personal_reveal SET note = 'x'", "DELETE FROM personal_reveal"],
}


def people_of_the_story(player_id: int) -> StaffUser:
    """Somebody with one role that stands and one that was revoked, who looked at the player's data."""
    dora = staff_member("support", username="dora-of-the-story")
    revoked = also_has_role(dora, "kyc", jurisdictions=())
    role_revoke(grant_id=revoked.pk, actor="staff:1", reason="moved", now=revoked.granted_at.replace(year=2099))
    details = PersonalDetails(full_name="Alice", email="alice@example.org")
    personal_data_set(player_id=player_id, details=details, actor="system:test", reason="x", now=NOON)
    personal_data_reveal(
        player_id=player_id, group=RevealGroup.CONTACT, purpose=RevealPurpose.DISPUTE, note="for the story",
        staff_id=dora.pk, now=NOON,
    )  # fmt: skip
    return dora
