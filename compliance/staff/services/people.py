"""Joining and leaving: people are added, switched off and on again, never deleted (SEC-16)."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from compliance.signin.services.sessions import sessions_end_of
from compliance.staff.errors import (
    AdministratorStands,
    LastAdministrator,
    NotOneself,
    PasswordTooWeak,
    PersonnelNumberMissing,
    PersonSwitchedOff,
    PersonSwitchedOn,
    UserNameTaken,
)
from compliance.staff.models import StaffUser
from compliance.staff.selectors.grants import administrators
from compliance.staff.services.role_grants import administrators_hold_still, role_grant

FIRST = "system:first"


@transaction.atomic
def staff_add(
    *, username: str, first_name: str, last_name: str, email: str, personnel_number: str, actor: str, reason: str,
    now: datetime, password: str = "",
) -> StaffUser:  # fmt: skip
    """Somebody starts to work here, without any role yet, and without a password: an invitation lets them choose one
    that nobody else knows. `password` is for who types it themselves, the first administrator.

    Raises UserNameTaken, PersonnelNumberMissing, PasswordTooWeak.
    """
    if StaffUser.objects.filter(username__iexact=username).exists():
        raise UserNameTaken
    if not personnel_number:
        raise PersonnelNumberMissing
    person = StaffUser(
        username=username, first_name=first_name, last_name=last_name, email=email, personnel_number=personnel_number,
        is_staff=True, date_joined=now,
    )  # fmt: skip
    person.set_unusable_password()
    if password:
        _password_give(person, password)
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError as taken:  # by somebody added in the same moment
        raise UserNameTaken from taken
    audit_record(
        name=EventName.MEMBER_ADDED, actor=actor, now=now, subject=_subject(person), reason=reason,
        after={"username": username, "personnel_number": personnel_number},
    )  # fmt: skip
    return person


@transaction.atomic
def staff_edit(
    *, staff_id: int, first_name: str, last_name: str, email: str, personnel_number: str, actor: str, now: datetime
) -> StaffUser:
    """Correct a person's names, address and (once, while it is empty) personnel number."""
    person = StaffUser.objects.select_for_update().get(pk=staff_id)
    wanted = {"first_name": first_name, "last_name": last_name, "email": email}
    if personnel_number and not person.personnel_number:
        wanted["personnel_number"] = personnel_number
    before = {name: getattr(person, name) for name in wanted}
    changed = [name for name in wanted if before[name] != wanted[name]]
    for name in changed:
        setattr(person, name, wanted[name])
    if changed:
        person.save(update_fields=changed)
        audit_record(
            name=EventName.MEMBER_CHANGED, actor=actor, now=now, subject=_subject(person),
            before={name: before[name] for name in changed}, after={name: wanted[name] for name in changed},
        )  # fmt: skip
    return person


@transaction.atomic
def staff_deactivate(*, staff_id: int, actor: str, reason: str, now: datetime) -> StaffUser:
    """Switch somebody off: every session ends at once. Grants stay on record.

    Raises NotOneself, PersonSwitchedOff, LastAdministrator.
    """
    person = _other(staff_id, actor)
    if not person.is_active:
        raise PersonSwitchedOff
    administrators_hold_still()
    others = administrators(now=now).exclude(pk=staff_id)
    if administrators(now=now).filter(pk=staff_id).exists() and not others.exists():
        raise LastAdministrator
    switched = _switch(person, EventName.MEMBER_SWITCHED_OFF, actor, reason, now, active=False)
    sessions_end_of(staff_id=staff_id, actor=actor, reason="switched off", now=now)
    return switched


@transaction.atomic
def staff_activate(*, staff_id: int, actor: str, reason: str, now: datetime) -> StaffUser:
    """Switch somebody on again, with the grants that still stand. Raises NotOneself, PersonSwitchedOn."""
    person = _other(staff_id, actor)
    if person.is_active:
        raise PersonSwitchedOn
    return _switch(person, EventName.MEMBER_SWITCHED_ON, actor, reason, now, active=True)


@transaction.atomic
def staff_first(*, username: str, personnel_number: str, password: str, now: datetime) -> StaffUser:
    """The first administrator, while there is none: a new person, or one who is here already and keeps the password.

    Raises AdministratorStands, PersonSwitchedOff, PersonnelNumberMissing, PasswordTooWeak.
    """
    if administrators(now=now).exists():
        raise AdministratorStands
    person = StaffUser.objects.filter(username=username).first()
    reason = "the first administrator of an empty house"
    if person is None:
        person = staff_add(
            username=username, first_name="", last_name="", email="", personnel_number=personnel_number,
            password=password, actor=FIRST, reason=reason, now=now,
        )  # fmt: skip
    role_grant(staff_id=person.pk, role_code="administrator", actor=FIRST, reason=reason, now=now)
    return person


def _password_give(person: StaffUser, password: str) -> None:
    try:
        validate_password(password, person)
    except ValidationError as weak:
        raise PasswordTooWeak from weak
    person.set_password(password)


def _other(staff_id: int, actor: str) -> StaffUser:
    if actor == f"staff:{staff_id}":
        raise NotOneself
    return StaffUser.objects.select_for_update().get(pk=staff_id)


def _switch(person: StaffUser, name: EventName, actor: str, reason: str, now: datetime, *, active: bool) -> StaffUser:
    person.is_active = active
    person.save(update_fields=["is_active"])
    audit_record(name=name, actor=actor, now=now, subject=_subject(person), reason=reason)
    return person


def _subject(person: StaffUser) -> str:
    return f"staff.staffuser:{person.pk}"
