"""Raw SQL that breaks each promise of the sign-in (tests/wallet/guards/breaches.py tells how they are used)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from common.clock import utc_now
from compliance.signin.models import FormerPassword, Invitation, RecoveryCode
from compliance.staff.models import StaffUser


def sign_in_of_the_story() -> dict[str, Any]:
    """Somebody with a used recovery code, a former password, an invitation that was used and one that counts."""
    person = StaffUser.objects.create_user("signs-in", "", "a long enough password 1", is_staff=True)
    RecoveryCode.objects.create(staff=person, digest="d" * 64, issued_at=utc_now(), used_at=utc_now())
    FormerPassword.objects.create(staff=person, password="argon2$…", set_at=utc_now())
    now = utc_now()
    for digest, used_at in ((b"used", now), (b"counts", None)):
        Invitation.objects.create(
            staff=person, digest=digest, made_by="staff:1", made_at=now, ends_at=now + timedelta(days=2),
            used_at=used_at,
        )  # fmt: skip
    return {"signs_in": person.pk}


BY_ANYBODY: dict[str, list[str]] = {
    "recovery_code_issued_once": [
        "INSERT INTO signin_recoverycode (staff_id, digest, issued_at) VALUES (%(signs_in)s, repeat('d', 64), now())"
    ],
    "recovery_code_used_once": [
        "UPDATE signin_recoverycode SET used_at = NULL",
        "UPDATE signin_recoverycode SET used_at = now()",
        "UPDATE signin_recoverycode SET digest = 'x'",
    ],
    "invitation_for_one_person": [
        "INSERT INTO signin_invitation (staff_id, digest, made_by, made_at, ends_at)"
        " VALUES (%(signs_in)s, 'used', 'staff:1', now(), now())"
    ],
    "invitation_ends_after_it_was_made": [
        "INSERT INTO signin_invitation (staff_id, digest, made_by, made_at, ends_at)"
        " VALUES (%(signs_in)s, 'x', 'staff:1', now(), now() - interval '1 second')"
    ],
    "invitation_used_once": [
        "UPDATE signin_invitation SET used_at = NULL WHERE digest = 'used'",
        "UPDATE signin_invitation SET used_at = now() WHERE digest = 'used'",
        "UPDATE signin_invitation SET used_at = ends_at WHERE digest = 'counts'",
        "UPDATE signin_invitation SET ends_at = ends_at + interval '1 day' WHERE digest = 'counts'",
        "UPDATE signin_invitation SET digest = 'x' WHERE digest = 'counts'",
    ],
}
BY_OWNER: dict[str, list[str]] = {
    "former_passwords_are_never_edited": [
        "UPDATE signin_formerpassword SET password = 'x'",
        "DELETE FROM signin_formerpassword",
    ],
}
