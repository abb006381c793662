"""Invitations: a link that is told once, with which a new colleague chooses the own password (SEC-12)."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.contrib.auth.password_validation import password_changed, validate_password
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Least

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.signin.errors import InvitationNotNeeded, InvitationNotValid
from compliance.signin.models import Invitation
from compliance.staff.models import StaffUser

LASTS: Final = timedelta(hours=48)
TOKEN_MOST: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeInvitation:
    """An invitation, and its token: nobody can read it again."""

    invitation: Invitation
    token: str


@transaction.atomic
def invitation_make(*, staff_id: int, actor: str, now: datetime) -> MadeInvitation:
    """A new invitation for somebody who has no password; an earlier one does not count any more.

    Raises InvitationNotNeeded for who has a password, or was switched off.
    """
    person = StaffUser.objects.select_for_update().get(pk=staff_id)
    if not invitable(person):
        raise InvitationNotNeeded
    earlier = Invitation.objects.filter(staff_id=staff_id, used_at=None, ends_at__gt=now)
    earlier.update(ends_at=Least(F("ends_at"), now))
    token = secrets.token_urlsafe(32)
    made = Invitation.objects.create(
        staff_id=staff_id, digest=digest_of(token), made_by=actor, made_at=now, ends_at=now + LASTS
    )
    audit_record(
        name=EventName.INVITATION_MADE, actor=actor, now=now, subject=f"staff.staffuser:{staff_id}",
        after={"ends_at": made.ends_at},
    )  # fmt: skip
    return MadeInvitation(invitation=made, token=token)


def invitable(person: StaffUser) -> bool:
    """Whether the person never had a password or a sign-in, and may have them."""
    return person.is_active and person.last_login is None and not person.has_usable_password()


def invitation_open(*, token: str, now: datetime) -> Invitation:
    """The invitation of a token while it counts, with its person. Raises InvitationNotValid."""
    found = Invitation.objects.select_related("staff").filter(digest=digest_of(token[:TOKEN_MOST])).first()
    if found is None or found.used_at is not None or found.ends_at <= now or not found.staff.is_active:
        raise InvitationNotValid
    return found


@transaction.atomic
def invitation_use(*, token: str, password: str, now: datetime) -> StaffUser:
    """Choose the password; the invitation is used from now on, also against a race.

    Raises InvitationNotValid, and ValidationError for a password that is too weak.
    """
    invitation = invitation_open(token=token, now=now)
    person = StaffUser.objects.select_for_update().get(pk=invitation.staff_id)
    if not invitable(person):
        raise InvitationNotValid
    validate_password(password, person)
    if not Invitation.objects.filter(pk=invitation.pk, used_at=None, ends_at__gt=now).update(used_at=now):
        raise InvitationNotValid
    person.set_password(password)
    person.save(update_fields=["password"])
    password_changed(password, person)
    audit_record(
        name=EventName.INVITATION_USED, actor=f"staff:{person.pk}", now=now, subject=f"staff.staffuser:{person.pk}"
    )
    return person


def digest_of(token: str) -> bytes:
    """What is kept of a token: it has 256 bits of chance, so that a plain SHA-256 gives nothing away."""
    return hashlib.sha256(token.encode()).digest()
