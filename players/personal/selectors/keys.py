"""The key of one person, for what is kept outside the vault's own columns."""

from __future__ import annotations

from players.personal.errors import PersonalDataErased, PersonalDataUnknown
from players.personal.models import PersonalData, PersonalKey
from players.personal.vault import key_unwrap


def person_key(player_id: int) -> bytes:
    """The key, ready to use. Raises PersonalDataUnknown, PersonalDataErased."""
    wrapped = PersonalKey.objects.filter(data__player_id=player_id).values_list("wrapped", flat=True).first()
    if wrapped is not None:
        return key_unwrap(wrapped)
    if PersonalData.objects.filter(player_id=player_id).exists():
        raise PersonalDataErased
    raise PersonalDataUnknown
