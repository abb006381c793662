"""How personal values are kept: encrypted with a key of the person's own, which itself is stored encrypted.

Who destroys the person's key makes every copy of the values unreadable, in row history and backups too (GDPR-04).
Exact search works by keyed digests, which say nothing without FIELD_KEY and stand in the same row as the key.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import unicodedata
from base64 import b64decode, b64encode
from datetime import date
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from common.errors import BrokenPromise
from common.field_secrets import secret_close, secret_open
from players.personal.folding import address_words, document_letters, name_look, name_sound

KEY_BITS: Final = 256
NONCE: Final = 12
PHONE_LEAST: Final = 6
DOCUMENT_LEAST: Final = 4


def key_new() -> bytes:
    """A fresh key for one person."""
    return AESGCM.generate_key(KEY_BITS)


def key_wrap(key: bytes) -> bytes:
    """The key as it is stored: encrypted with FIELD_KEY."""
    return secret_close(b64encode(key).decode())


def key_unwrap(wrapped: bytes | memoryview[int]) -> bytes:
    """The key from its column. Raises BrokenPromise when FIELD_KEY is another."""
    return b64decode(secret_open(wrapped))


def value_close(key: bytes, *, player_id: int, field: str, text: str) -> bytes | None:
    """One value encrypted, bound to its player and field so that it can not be moved; None for an empty one."""
    if not text:
        return None
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, text.encode(), _place(player_id, field))


def value_open(key: bytes, *, player_id: int, field: str, closed: bytes | memoryview[int] | None) -> str:
    """The value. Raises BrokenPromise for another key, player or field than it was closed with."""
    if closed is None:
        return ""
    raw = bytes(closed)
    try:
        return AESGCM(key).decrypt(raw[:NONCE], raw[NONCE:], _place(player_id, field)).decode()
    except InvalidTag as error:
        raise BrokenPromise(f"The {field} of player {player_id} is not what was stored.") from error


def _place(player_id: int, field: str) -> bytes:
    return f"personal:{player_id}:{field}".encode()


def email_index(email: str) -> bytes | None:
    """The digest by which an e-mail address is found; case and spaces around it do not matter."""
    return _digest("email", _folded(email)) if email.strip() else None


def phone_index(phone: str) -> bytes | None:
    """The digest by which a phone number is found; only digits matter, 00 at its start means +."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", phone))
    return _digest("phone", digits.removeprefix("00")) if len(digits) >= PHONE_LEAST else None


def name_birth_index(full_name: str, birth_date: date | None) -> bytes | None:
    """The digest by which a name with its birth date is found, as it sounds: case, accents, script and the order of
    names do not matter."""
    words = name_sound(full_name)
    return _digest("name", f"{words} {birth_date.isoformat()}") if words and birth_date else None


def name_look_index(full_name: str, birth_date: date | None) -> bytes | None:
    """The same by how the name looks: letters of other scripts that look like Latin ones are taken for those."""
    words = name_look(full_name)
    return _digest("name", f"{words} {birth_date.isoformat()}") if words and birth_date else None


def address_index(address_lines: str, postcode: str, city: str) -> bytes | None:
    """The digest by which a home is found: the words of the address in any order, and the postcode, else the city."""
    words = address_words(address_lines, postcode, city)
    return _digest("address", words) if words else None


def document_index(number: str) -> bytes | None:
    """The digest by which a document's number is found; only letters and digits matter."""
    plain = document_letters(number)
    return _digest("document", plain) if len(plain) >= DOCUMENT_LEAST else None


def device_index(device_id: str) -> bytes:
    """The digest by which a device is found again under every account."""
    return _digest("device", device_id)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def _digest(kind: str, text: str) -> bytes:
    key = hashlib.sha256(b"casino blind index\x00" + settings.FIELD_KEY.encode()).digest()
    return hmac.new(key, f"{kind}\x00{text}".encode(), hashlib.sha256).digest()
