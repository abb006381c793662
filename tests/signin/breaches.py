"""Raw SQL that breaks each promise of the sign-in (tests/wallet/guards/breaches.py tells how they are used)."""

from __future__ import annotations

from typing import Any

from common.clock import utc_now
from compliance.signin.models import FormerPassword, RecoveryCode
from compliance.staff.models import StaffUser


def sign_in_of_the_story() -> dict[str, Any]:
    """Somebody with a used recovery code and a former password."""
    person = StaffUser.objects.create_user("signs-in", "", "a long enough password 1", is_staff=True)
    RecoveryCode.objects.create(staff=person, digest="d" * 64, issued_at=utc_now(), used_at=utc_now())
    FormerPassword.objects.create(staff=person, password="argon2$…", set_at=utc_now())
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
}
BY_OWNER: dict[str, list[str]] = {
    "former_passwords_are_never_edited": [
        "UPDATE signin_formerpassword SET password = 'x'",
        "DELETE FROM signin_formerpassword",
    ],
}
