"""Personal data read: masked for every screen, and players found by it exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from players.personal.errors import PersonalDataErased, PersonalDataUnknown
from players.personal.masking import mask_birth_date, mask_email, mask_name, mask_phone, mask_text
from players.personal.models import PersonalData, PersonalKey
from players.personal.types import FIELDS, PersonalDetails
from players.personal.vault import email_index, key_unwrap, name_birth_index, phone_index, value_open


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskedDetails:
    """What everybody who may see the player sees of the person; `state` says "recorded", "unknown" or "erased"."""

    state: str
    full_name: str = ""
    email: str = ""
    phone: str = ""
    birth_date: str = ""
    address_lines: str = ""
    city: str = ""
    postcode: str = ""
    national_id: str = ""
    nationality: str = ""
    birth_place: str = ""


def details_masked(*, player_id: int) -> MaskedDetails:
    """A player's data, masked."""
    try:
        known = details_open(player_id=player_id)
    except PersonalDataUnknown:
        return MaskedDetails(state="unknown")
    except PersonalDataErased:
        return MaskedDetails(state="erased")
    return MaskedDetails(
        state="recorded",
        full_name=mask_name(known.full_name),
        email=mask_email(known.email),
        phone=mask_phone(known.phone),
        birth_date=mask_birth_date(known.birth_date),
        address_lines=mask_text(known.address_lines),
        city=mask_text(known.city),
        postcode=mask_text(known.postcode),
        national_id=mask_text(known.national_id),
        nationality=mask_text(known.nationality),
        birth_place=mask_text(known.birth_place),
    )


def details_open(*, player_id: int) -> PersonalDetails:
    """The values themselves: for services that reveal, send or check them, never for a screen.

    Raises PersonalDataUnknown, PersonalDataErased.
    """
    row = PersonalData.objects.filter(player_id=player_id).first()
    if row is None:
        raise PersonalDataUnknown
    wrapped = PersonalKey.objects.filter(data=row).values_list("wrapped", flat=True).first()
    if wrapped is None:
        raise PersonalDataErased
    key = key_unwrap(wrapped)
    texts = {name: value_open(key, player_id=player_id, field=name, closed=getattr(row, name)) for name in FIELDS}
    born = texts.pop("birth_date")
    return PersonalDetails(birth_date=date.fromisoformat(born) if born else None, **texts)


def players_by_email(email: str) -> Sequence[int]:
    """Ids of the players with exactly this e-mail address, at most 50."""
    return _found(email_index=email_index(email))


def players_by_phone(phone: str) -> Sequence[int]:
    """Ids of the players with exactly this phone number, at most 50."""
    return _found(phone_index=phone_index(phone))


def players_by_name_and_birth(full_name: str, birth_date: date) -> Sequence[int]:
    """Ids of the players with this name and birth date, at most 50."""
    return _found(name_birth_index=name_birth_index(full_name, birth_date))


def _found(**index: bytes | None) -> Sequence[int]:
    if None in index.values():
        return []
    return list(PersonalKey.objects.filter(**index).order_by("pk").values_list("data__player_id", flat=True)[:50])
