"""Secrets at rest: text that the database only ever sees encrypted (Fernet: AES-128-CBC with HMAC-SHA256)."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from common.errors import BrokenPromise


@lru_cache(maxsize=4)
def _box(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"casino field key\x00" + key.encode()).digest()))


def secret_close(text: str) -> bytes:
    """Encrypt a secret for a column, with FIELD_KEY."""
    return _box(settings.FIELD_KEY).encrypt(text.encode())


def secret_open(closed: bytes | memoryview[int]) -> str:
    """Decrypt a column's secret. Raises BrokenPromise when FIELD_KEY is not the one it was closed with."""
    try:
        return _box(settings.FIELD_KEY).decrypt(bytes(closed)).decode()
    except InvalidToken as error:
        raise BrokenPromise("A stored secret can not be opened: is FIELD_KEY the one it was stored with?") from error
