"""The keyed digests by which one person is known again: across accounts, brands and, for exclusions, after erasure."""

from __future__ import annotations

from dataclasses import dataclass

from players.personal.types import PersonalDetails
from players.personal.vault import (
    address_index,
    document_index,
    email_index,
    name_birth_index,
    name_look_index,
    phone_index,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityDigests:
    """None where the detail is not known. `name_birth` and `name_look` are of one kind: match each against both."""

    name_birth: bytes | None
    name_look: bytes | None
    address: bytes | None
    document: bytes | None
    email: bytes | None
    phone: bytes | None

    @property
    def names(self) -> tuple[bytes, ...]:
        """The name with the birth date, as it sounds and as it looks."""
        return tuple(sorted({digest for digest in (self.name_birth, self.name_look) if digest}))


def identity_digests(details: PersonalDetails) -> IdentityDigests:
    """The digests of somebody's details."""
    return IdentityDigests(
        name_birth=name_birth_index(details.full_name, details.birth_date),
        name_look=name_look_index(details.full_name, details.birth_date),
        address=address_index(details.address_lines, details.postcode, details.city),
        document=document_index(details.national_id),
        email=email_index(details.email),
        phone=phone_index(details.phone),
    )
