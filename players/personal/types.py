"""A person's details as plain values, and which of them are shown together."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Final

from players.personal.enums import RevealGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalDetails:
    """What is personal about a player; empty where it is not known. The country stays with the player."""

    full_name: str = ""
    email: str = ""
    phone: str = ""
    birth_date: date | None = None
    address_lines: str = ""
    city: str = ""
    postcode: str = ""
    national_id: str = ""
    nationality: str = ""
    birth_place: str = ""

    def as_text(self) -> dict[str, str]:
        """Each field as the text that is encrypted."""
        return {
            item.name: value.isoformat() if isinstance(value := getattr(self, item.name), date) else value or ""
            for item in fields(self)
        }


FIELDS: Final = tuple(item.name for item in fields(PersonalDetails))
GROUPS: Final = {
    RevealGroup.IDENTITY: (
        "full_name",
        "birth_date",
        "address_lines",
        "city",
        "postcode",
        "national_id",
        "nationality",
        "birth_place",
    ),
    RevealGroup.CONTACT: ("email", "phone"),
}
TITLES: Final = {
    "full_name": "Full name",
    "email": "E-mail",
    "phone": "Phone",
    "birth_date": "Birth date",
    "address_lines": "Address",
    "city": "City",
    "postcode": "Postcode",
    "national_id": "Document number",
    "nationality": "Nationality",
    "birth_place": "Birth place",
}
