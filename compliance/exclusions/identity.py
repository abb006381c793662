"""By what an excluded person is known again: keyed digests, of a key of their own. Pure.

They say nothing without FIELD_KEY, stand apart from the person's data, and outlive its erasure (GDPR-09).
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from anyascii import anyascii
from django.conf import settings

from compliance.exclusions.enums import IdentityKind
from players.personal.folding import document_letters, name_look, name_sound
from players.personal.types import PersonalDetails

PHONE_LEAST: Final = 6
DOCUMENT_LEAST: Final = 4
# Two mailboxes that are one: what stands after + is a note of the sender's, and these hosts skip dots.
DOTLESS: Final = frozenset({"gmail.com", "googlemail.com"})


@dataclass(frozen=True, slots=True)
class IdentityDigest:
    """One mark. A namesake's alone is no proof: two people may share a name and a birth date."""

    kind: IdentityKind
    digest: bytes

    @property
    def certain(self) -> bool:
        """Whether it names one person."""
        return self.kind != IdentityKind.NAMESAKE


def identity_digests(details: PersonalDetails) -> frozenset[IdentityDigest]:
    """Every mark of a person: names as they sound and as they look, so that letters of other scripts hide nobody."""
    found: set[IdentityDigest] = set()

    def mark(kind: IdentityKind, *parts: str) -> None:
        if all(parts):
            found.add(IdentityDigest(kind, _digest(kind, "\x00".join(parts))))

    born = details.birth_date.isoformat() if details.birth_date else ""
    for name in {name_sound(details.full_name), name_look(details.full_name)}:
        mark(IdentityKind.PERSON, name, born, postcode_letters(details.postcode))
        mark(IdentityKind.NAMESAKE, name, born)
    mark(IdentityKind.EMAIL, mailbox(details.email))
    mark(IdentityKind.PHONE, phone_digits(details.phone))
    if len(document := document_letters(details.national_id)) >= DOCUMENT_LEAST:
        mark(IdentityKind.DOCUMENT, document)
    return frozenset(found)


def same_person(kinds: Iterable[IdentityKind]) -> bool:
    """Whether shared marks show that two accounts are one person's: one that names a person, or two others.

    One alone is not enough to exclude another account: anybody may type a stranger's phone and then exclude themselves.
    """
    shared = set(kinds)
    return IdentityKind.PERSON in shared or len(shared) >= 2


def postcode_letters(postcode: str) -> str:
    """The letters and digits of a postcode: "sa1 1aa" is "SA11AA"."""
    return re.sub(r"[^A-Z0-9]", "", anyascii(unicodedata.normalize("NFKC", postcode)).upper())


def mailbox(email: str) -> str:
    """The mailbox behind an address: without case, without what follows +, without dots where the host skips them."""
    name, _at, host = unicodedata.normalize("NFKC", email).strip().casefold().rpartition("@")
    name = name.partition("+")[0]
    if host in DOTLESS:
        name, host = name.replace(".", ""), "gmail.com"
    return f"{name}@{host}" if name and host else ""


def phone_digits(phone: str) -> str:
    """The digits of a number; 00 at its start means +."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", phone)).removeprefix("00")
    return digits if len(digits) >= PHONE_LEAST else ""


def _digest(kind: IdentityKind, text: str) -> bytes:
    key = hashlib.sha256(b"casino exclusion index\x00" + settings.FIELD_KEY.encode()).digest()
    return hmac.new(key, f"{kind.value}\x00{text}".encode(), hashlib.sha256).digest()
