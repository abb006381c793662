"""Writing, revealing and destroying personal data. Every call is told to the audit trail, values never are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from django.db import transaction

from compliance.audit.names import EventName
from compliance.audit.services.events import audit_record
from players.models import Player
from players.personal.enums import RevealGroup, RevealPurpose
from players.personal.errors import (
    NothingChanged,
    PersonalDataErased,
    PersonalDataUnknown,
    PersonalDetailNotUnderstood,
    PurposeNotTold,
)
from players.personal.models import PersonalData, PersonalKey, Reveal
from players.personal.selectors.details import details_open
from players.personal.types import FIELDS, GROUPS, PersonalDetails
from players.personal.vault import (
    address_index,
    document_index,
    email_index,
    key_new,
    key_unwrap,
    key_wrap,
    name_birth_index,
    name_look_index,
    phone_index,
    value_close,
)

NOTE_LEAST: Final = 5
EARLIEST_BIRTH: Final = date(1900, 1, 1)
SYSTEM: Final = "staff:"


@transaction.atomic
def personal_data_set(
    *, player_id: int, details: PersonalDetails, actor: str, reason: str, now: datetime
) -> PersonalData:
    """Keep these details as the player's own, whole; an empty field is forgotten (GDPR-04).

    Raises PersonalDetailNotUnderstood, NothingChanged, PersonalDataErased (a destroyed key is not replaced).
    """
    player = Player.objects.select_for_update().get(pk=player_id)
    _check(details, now)
    try:
        before: PersonalDetails | None = details_open(player_id=player_id)
    except PersonalDataUnknown:
        before = None
    old, new = (before or PersonalDetails()).as_text(), details.as_text()
    changed = [name for name in FIELDS if old[name] != new[name]]
    if not changed:
        raise NothingChanged
    if before is None:
        data, key = PersonalData.objects.create(player=player, changed_at=now), key_new()
        PersonalKey.objects.create(data=data, wrapped=key_wrap(key))
    else:
        data = PersonalData.objects.get(player=player)
        key = key_unwrap(data.key.wrapped)
    for name in changed:
        setattr(data, name, value_close(key, player_id=player_id, field=name, text=new[name]))
    data.changed_at = now
    data.save(update_fields=[*changed, "changed_at"])
    PersonalKey.objects.filter(data=data).update(
        email_index=email_index(details.email),
        phone_index=phone_index(details.phone),
        name_birth_index=name_birth_index(details.full_name, details.birth_date),
        name_look_index=name_look_index(details.full_name, details.birth_date),
        address_index=address_index(details.address_lines, details.postcode, details.city),
        document_index=document_index(details.national_id),
    )
    audit_record(
        name=EventName.PERSONAL_DATA_CHANGED, actor=actor, now=now, subject=f"players.player:{player_id}",
        reason=reason, brand_id=player.brand_id, player_id=player_id, after={"fields": changed},
    )  # fmt: skip
    return data


@transaction.atomic
def personal_data_correct(
    *, player_id: int, changes: Mapping[str, str | date], actor: str, reason: str, now: datetime
) -> PersonalData:
    """Change the details that `changes` names, and leave the others as they are at that moment: a colleague who
    corrects another one meanwhile is not undone. Raises what personal_data_set raises.
    """
    Player.objects.select_for_update().get(pk=player_id)
    try:
        known = details_open(player_id=player_id)
    except PersonalDataUnknown:
        known = PersonalDetails()
    details = replace(known, **changes)  # type: ignore[arg-type]  # names of its fields with values of their kind
    return personal_data_set(player_id=player_id, details=details, actor=actor, reason=reason, now=now)


@transaction.atomic
def personal_data_reveal(
    *, player_id: int, group: RevealGroup, purpose: RevealPurpose, note: str, staff_id: int, now: datetime
) -> PersonalDetails:
    """The values of one group for one look by one colleague, recorded with its purpose before they are given (SEC-14).

    Raises PurposeNotTold, PersonalDataUnknown, PersonalDataErased.
    """
    if len(note.strip()) < NOTE_LEAST:
        raise PurposeNotTold
    player = Player.objects.get(pk=player_id)
    known = details_open(player_id=player_id)
    Reveal.objects.create(
        staff_id=staff_id, player=player, group=group, purpose=purpose, note=note.strip(), revealed_at=now
    )
    audit_record(
        name=EventName.PERSONAL_DATA_REVEALED, actor=f"{SYSTEM}{staff_id}", now=now,
        subject=f"players.player:{player_id}", reason=f"{RevealPurpose(purpose).label}: {note.strip()}",
        brand_id=player.brand_id, player_id=player_id, after={"group": group.value, "purpose": purpose.value},
    )  # fmt: skip
    hidden = {name: None if name == "birth_date" else "" for name in FIELDS if name not in GROUPS[group]}
    return replace(known, **hidden)  # type: ignore[arg-type]  # only birth_date becomes None


@transaction.atomic
def personal_key_destroy(*, player_id: int, actor: str, reason: str, now: datetime) -> None:
    """Erase: the person's key and search digests are deleted, so that no copy of the data can be read again.

    Raises PersonalDataUnknown, PersonalDataErased.
    """
    player = Player.objects.select_for_update().get(pk=player_id)
    data = PersonalData.objects.filter(player=player).first()
    if data is None:
        raise PersonalDataUnknown
    deleted, _ = PersonalKey.objects.filter(data=data).delete()
    if not deleted:
        raise PersonalDataErased
    audit_record(
        name=EventName.PERSONAL_DATA_ERASED, actor=actor, now=now, subject=f"players.player:{player_id}",
        reason=reason, brand_id=player.brand_id, player_id=player_id,
    )  # fmt: skip


def _check(details: PersonalDetails, now: datetime) -> None:
    name, _at, domain = details.email.partition("@")
    if details.email and not (name and "." in domain and "@" not in domain and " " not in details.email.strip()):
        raise PersonalDetailNotUnderstood
    if details.phone and phone_index(details.phone) is None:
        raise PersonalDetailNotUnderstood
    if details.birth_date and not EARLIEST_BIRTH <= details.birth_date <= now.date():
        raise PersonalDetailNotUnderstood
